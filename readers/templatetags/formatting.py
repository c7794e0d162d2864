"""Filters and tags for parts of documents: texts, names, days, sums, and links that keep the reader's moment."""

import html
from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from record import formatting, languages, queries
from record.dates import HONG_KONG, FuzzyDate, hong_kong_day
from record.glossary import mark_english_runs, translate_term

from ..presenters.markdown import render_markdown

register = template.Library()


def localize_for_page(text: dict | None) -> tuple[str, str]:
    """Return (words, language) of a text for the page's language."""
    return languages.localize(text, get_language() or "en")


@register.filter
def plain_text(text: dict | None) -> str:
    """Return the words of a text without mark-up, for titles and attributes."""
    return localize_for_page(text)[0]


@register.filter
def lang_attribute(text: dict | None) -> str:
    """Return a `lang` attribute for an element that holds plain words only; "" if they are in the page's language."""
    words, language = localize_for_page(text)
    return format_html(' lang="{}"', language) if words and language != get_language() else ""


@register.filter
def shorten_to(words: str, most: int) -> str:
    """Shorten words to at most that many characters, ending in an ellipsis if any were cut."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


register.filter("in_brackets", formatting.in_brackets)


@register.filter
def inline_title(text: dict | None) -> str:
    """Return a title for use within a line, with its own `lang` and a small mark if it is in another language."""
    words, language = localize_for_page(text)
    if not words or language == get_language():
        return mark_english_runs(words, language)
    return format_html(
        '<span lang="{}">{}</span>{}', language, mark_english_runs(words, language), language_mark(language)
    )


def title_without_mark(text: dict | None) -> str:
    """Return a title in its own `lang`, for places where the small mark stands beside it."""
    words, language = localize_for_page(text)
    shown = mark_english_runs(words, language)
    return (
        shown if language == get_language() or not words else format_html('<span lang="{}">{}</span>', language, shown)
    )


@register.filter
def localized_text(text: dict | None) -> str:
    """Return a text in the page's language, or a fallback with its own `lang`, marked as not yet translated.

    A text in the page's language is marked if its translation is unreviewed or stale.
    """
    words, language = localize_for_page(text)
    if not words:
        return ""
    found = mark_english_runs(words, language)
    if language != get_language():
        return format_html(
            '<span lang="{}">{}</span> <small class="mark">{}</small>', language, found, _("not yet translated")
        )
    match languages.get_text_state(text, language):
        case languages.UNREVIEWED:
            return format_html("{}{}", found, small_mark(_("tr."), _("translated, not yet reviewed")))
        case languages.STALE:
            return format_html('{} <small class="mark">{}</small>', found, _("translation being updated"))
    return found


@register.filter
def markdown_text(text: dict | None) -> str:
    """Render a Markdown text as sanitised HTML."""
    found, language = localize_for_page(text)
    if not found:
        return ""
    body = render_markdown(found)
    if language == get_language():
        return format_html('<div class="prose">{}</div>', body)
    return format_html(
        '<p><small class="mark">{}</small></p><div class="prose" lang="{}">{}</div>',
        _("not yet translated"),
        language,
        body,
    )


@register.filter
def plain_markdown(text: dict | None) -> str:
    """Return a Markdown text's words alone, for attributes. Not marked safe, so that quotes are escaped there."""
    return " ".join(html.unescape(strip_tags(render_markdown(localize_for_page(text)[0]))).split())


def language_mark(language: str) -> str:
    """Return the small mark of a language other than the page's."""
    return small_mark(_("EN") if language == "en" else _("ZH"), _("not yet translated"))


def small_mark(short: str, words: str) -> str:
    """Return a mark of a letter or two for the eye, with its meaning as tooltip and for screen readers."""
    shown = format_html('<span aria-hidden="true">{}</span>', short)
    heard = format_html('<span class="visually-hidden">{}</span>', formatting.in_brackets(words))
    return format_html(' <span class="mark" title="{}">{}{}</span>', words, shown, heard)


@register.filter
def fuzzy_date(document: dict | None) -> str:
    """Format a fuzzy date in words, with its EDTF form as title; "" if no day is known."""
    fuzzy = FuzzyDate.from_document(document)
    found = formatting.format_fuzzy_date(fuzzy)
    return format_html('<span class="date" title="{}">{}</span>', fuzzy.edtf(), found) if found else ""


@register.filter
def formatted_day(value) -> str:
    """Format a day of a document ("2026-03-12"), a date or an instant as a time element in the page's language."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    elif isinstance(value, datetime):
        value = hong_kong_day(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formatting.format_day(value))


@register.filter
def plain_day(instant: datetime) -> str:
    """Return the day in Hong Kong as words alone."""
    return formatting.format_day(hong_kong_day(instant))


@register.filter
def formatted_moment(instant: datetime | None) -> str:
    """Format day and time in Hong Kong as a time element in the page's language."""
    if instant is None:
        return ""
    machine = instant.isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', machine, formatting.format_moment(instant))


@register.filter
def formatted_month(value: date) -> str:
    """Format the month of a day."""
    return formatting.format_month(value)


@register.filter
def financial_year(value: str) -> str:
    """Format a financial year as documents write it ("2025-26")."""
    return formatting.format_split_year(value) if value else ""


@register.filter
def hkd_amount(amount: int | None, qualifier: str = "exactly") -> str:
    """Format whole HKD in words, with the exact sum as title."""
    if amount is None:
        return ""
    said = formatting.add_qualifier(formatting.format_hkd(amount), qualifier)
    return format_html(
        '<data class="sum" value="{}" title="{}">{}</data>', amount, formatting.format_exact_hkd(amount), said
    )


@register.filter
def formatted_number(value, qualifier: str = "exactly") -> str:
    """Format a number with its qualifier."""
    return "" if value is None else formatting.add_qualifier(formatting.format_number(value), qualifier)


@register.filter
def quoted_words(phrase: str, language: str | None = None) -> str:
    """Quote words as somebody said them, in the quotation marks and `lang` of their own language."""
    if not phrase:
        return ""
    language = language or languages.detect_language(phrase)
    opening, closing = ("「", "」") if language == "zh-hant" else ("“", "”")
    return format_html('<q lang="{}">{}{}{}</q>', language, opening, mark_english_runs(phrase, language), closing)


@register.simple_tag(takes_context=True)
def url_at(context, view: str, *args, **query) -> str:
    """Return the URL of a page, at the moment that the reader asked about."""
    return add_as_of(context, reverse(view, args=args), **query)


@register.simple_tag(takes_context=True)
def thing_link(context, reference: dict | None) -> str:
    """Return a thing's name, linked unless the thing was withdrawn or has no page of its own."""
    if not reference:
        return ""
    language = localize_for_page(reference["title"])[1]
    if reference.get("withdrawn"):
        return format_html('{} <small class="mark">{}</small>', inline_title(reference["title"]), _("withdrawn"))
    if not reference.get("slug"):
        return inline_title(reference["title"])
    address = add_as_of(context, reverse(reference["type"], args=[reference["slug"]]))
    mark = "" if language == get_language() else language_mark(language)
    return format_html('<a href="{}">{}</a>{}', address, title_without_mark(reference["title"]), mark)


def add_as_of(context, address: str, **query) -> str:
    """Add the reader's `as_of` and these parameters to a URL; empty ones are left out."""
    moment = context.get("moment")
    if moment and moment.raw:
        query["as_of"] = moment.raw
    query = {key: value for key, value in query.items() if value not in ("", None)}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address


@register.inclusion_tag("components/citations.html", takes_context=True)
def citation_marks(context, citations: list[dict]):
    """Show footnote marks that lead to the sources at the end of the page, and say where in each source."""
    numbers = context.get("numbers", {})
    return {"citations": [(numbers.get(each["source"]["content_id"]), each) for each in citations]}


@register.simple_tag(takes_context=True)
def with_as_of(context, address: str) -> str:
    """Return a given URL at the moment that the reader asked about."""
    return add_as_of(context, address)


@register.filter
def translated_words(words: str) -> str:
    """Show words that exist in one language only: translated by the glossary if possible, else in their own `lang`."""
    page = get_language() or "en"
    words = translate_term(words, page) or words
    language = languages.detect_language(words) if words else ""
    if not words or language == page or (language != "en" and page != "en"):
        return mark_english_runs(words, language)
    return format_html('<span lang="{}">{}</span>', language, words)


@register.inclusion_tag("components/history.html", takes_context=True)
def publication_history(context, content_id):
    """List what was published about a root and its parts, newest first, one entry for each publication."""
    changes = queries.list_root_changes(content_id, context.get("moment"))
    return {"publications": group_by_publication(changes)}


def group_by_publication(changes) -> list[dict]:
    """Group changes into [{"publication", "notes", "count", "major", "withdrawn", "redacted"}]."""
    found: dict = {}
    for change in changes:
        entry = found.setdefault(
            change.publication_id,
            {"publication": change.publication, "notes": [], "count": 0}
            | {"major": False, "withdrawn": False, "redacted": False},
        )
        entry["count"] += 1
        entry["major"] |= change.update_type == "major"
        entry["withdrawn"] |= change.action == "withdrawn" and change.content_id == change.root_content_id
        entry["redacted"] |= change.action == "redacted"
        if change.note and change.note not in entry["notes"]:
            entry["notes"].append(change.note)
    return list(found.values())


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager_links(context, page):
    """Link the earlier and later pages of a list, keeping its query string."""
    query = context["request"].GET.copy()

    def address(number):
        query["page"] = number
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "before": address(page.previous_page_number()) if page.has_previous() else "",
        "after": address(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def safe_web_url(url: str | None) -> str:
    """Return the URL if a browser may follow it, else ""."""
    return url if url and url.startswith(("https://", "http://")) else ""


@register.filter
def share_percent(share: float | None) -> str:
    """Format a share from 0 to 1 as a whole percentage."""
    return "" if share is None else f"{round(share * 100)}%"


@register.filter
def time_of_day(instant: datetime) -> str:
    """Format the time of day in Hong Kong."""
    return instant.astimezone(HONG_KONG).strftime("%H:%M")
