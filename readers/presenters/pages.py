"""Template contexts of the site's own pages."""

from datetime import date


def present_page(documents: list[dict], *, on: date) -> dict:
    """Return the context of one of the site's own pages."""
    return {"page": documents[0], "on": on}


PAGE_PRESENTERS = {"page": ("readers/page.html", present_page)}
