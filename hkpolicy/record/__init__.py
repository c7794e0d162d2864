"""The record's data files: read, checked, and written into the newsroom's working copy."""
