"""The site's own pages as the context of their template."""

from datetime import date


def page(documents: list[dict], *, on: date) -> dict:
    return {"page": documents[0], "on": on}


PAGES = {"page": ("publishing/page.html", page)}
