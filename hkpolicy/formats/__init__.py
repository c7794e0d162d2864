"""Formats of days and times where Hong Kong's differ from Django's."""
