"""Documents of the site's own pages."""

from ..models import Page
from .builders import Builder, register


def page(row: Page) -> dict:
    """Build the document of a page."""
    return {"slug": row.slug, "title": row.text("title"), "body": row.text("body"), "position": row.position}


register("page", Builder(Page, page, cited=False))
