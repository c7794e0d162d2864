"""The form of a working row: fields, layout, conflicts between editors, lists, search and deletion."""
