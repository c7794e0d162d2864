"""Formats of days and times where Django's own are not Hong Kong's."""
