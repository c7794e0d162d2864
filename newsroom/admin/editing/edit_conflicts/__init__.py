"""Merging two editors' versions of one form."""
