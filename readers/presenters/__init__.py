"""Presenters: documents of `publishing` as the context of readers' templates, and as words.

Preview uses them too: `PAGE_PRESENTERS` of each app's `shapes.pages` is {type: (template, context function)}. A
context function takes (documents, *, on): the root's document first, then its children's, and the day in Hong Kong;
it is pure.
"""
