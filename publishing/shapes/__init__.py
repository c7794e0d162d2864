"""What readers are shown of what `publishing` keeps.

Handover to preview: `PAGES` of each app's `shapes.pages` is {type: (template, context function)}. A context function
takes (documents, *, on): the root's document first, then its children's, and the day in Hong Kong; it is pure.
"""
