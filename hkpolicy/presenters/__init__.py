"""Presenters of the site as a whole."""
