"""Builders that turn working rows of initiatives into documents, and what is wrong with these."""
