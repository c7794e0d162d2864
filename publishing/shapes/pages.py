"""Template contexts of the site's own pages."""

from datetime import date


def page(documents: list[dict], *, on: date) -> dict:
    """Return the context of one of the site's own pages."""
    return {"page": documents[0], "on": on}


PAGES = {"page": ("publishing/page.html", page)}
