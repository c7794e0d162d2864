"""Presenters: documents as the context of readers' templates, and as words.

`PAGE_PRESENTERS` of each app's `presenters.pages` is {type: (template, presenter)}; the declaration of a type names its
entry, so that the preview uses it too. A presenter takes (documents, *, on): the root's document first, then its
children's, and the day in Hong Kong; it is pure.
"""
