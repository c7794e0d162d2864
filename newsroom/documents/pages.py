"""Documents of the site's own pages."""

from ..models import Page


def build_page_document(row: Page) -> dict:
    """Build the document of a page."""
    return {"slug": row.slug, "title": row.text("title"), "body": row.text("body"), "position": row.position}
