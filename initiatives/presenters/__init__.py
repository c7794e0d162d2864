"""Presenters of initiatives. `pages.PAGE_PRESENTERS` maps each type to its template and its presenter."""
