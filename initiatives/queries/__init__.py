"""Reads of initiatives for readers: they know editions only."""
