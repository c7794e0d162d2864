"""What this app publishes: the site's own pages."""

from readers.presenters.pages import PAGE_PRESENTERS
from record.models import PageEdition

from .documents.pages import build_page_document
from .documents.registry import PublishedType, register_types
from .models import Page

register_types(
    PublishedType(Page, PageEdition, build_page_document, page=PAGE_PRESENTERS["page"], requires_citation=False)
)
