"""Fiscal figures: the vintages of one measure and year in order, each as its announcement gave it."""

from hashlib import sha256

from django.utils.text import slugify

from ..choices import Vintage

VINTAGE_ORDER = list(Vintage.values)


def group_vintages(documents: list[dict]) -> list[dict]:
    """Group figures into [{"measure", "fiscal_year", "after_bonds", "figures"}], the latest year first.

    figures are in the order of vintages.
    """
    groups: dict[tuple, list[dict]] = {}
    for document in documents:
        groups.setdefault(figure_identity(document), []).append(document)
    found = [
        {
            "measure": figures[0]["title"],
            "fiscal_year": figures[0]["fiscal_year"],
            "after_bonds": figures[0]["after_bonds"],
            "figures": sorted(figures, key=_vintage_sort_key),
        }
        for figures in groups.values()
    ]
    return sorted(found, key=lambda group: group["fiscal_year"], reverse=True)


def group_by_measure(groups: list[dict]) -> list[dict]:
    """Group the result of `group_vintages` by measure: [{"key", "measure", "years"}], years the latest first.

    key: how a URL names the measure. Figures without a year are a measure of their own: they do not count the same
    thing.
    """
    found: dict[str, dict] = {}
    for group in groups:
        key = build_measure_key(_measure_name(group["measure"]).casefold())
        found.setdefault(key, {"key": key, "measure": group["measure"], "years": []})["years"].append(group)
    return list(found.values())


def build_measure_key(name: str) -> str:
    """Return the slug of a name, with a hash if punctuation was lost.

    So "net (a)" and "net: a", which have the same words, get different keys.
    """
    words = slugify(name, allow_unicode=True)
    return words if words.replace("-", " ") == name else f"{words}-{sha256(name.encode()).hexdigest()[:6]}"


def figure_identity(document: dict) -> tuple:
    """Return what figures have in common that give the same number of the same year."""
    return _measure_name(document["title"]).casefold(), document["fiscal_year"], document["after_bonds"]


def _measure_name(title: dict | None) -> str:
    title = title or {}
    return title.get("en") or title.get("zh-hant") or ""


def _vintage_sort_key(document: dict) -> tuple:
    said = document["published_on"] or document["as_at"] or ""
    return VINTAGE_ORDER.index(document["vintage"]), document["as_at"] or said, said
