"""Fiscal figures: one measure of one year, its vintages in order, each as its announcement gave it."""

from hashlib import sha256

from django.utils.text import slugify

from ..choices import Vintage

ORDER = list(Vintage.values)


def vintages(documents: list[dict]) -> list[dict]:
    """[{"measure", "fiscal_year", "after_bonds", "figures"}]: latest year first, figures in the order of vintages."""
    groups: dict[tuple, list[dict]] = {}
    for document in documents:
        groups.setdefault(measure_of(document), []).append(document)
    found = [
        {
            "measure": figures[0]["title"],
            "fiscal_year": figures[0]["fiscal_year"],
            "after_bonds": figures[0]["after_bonds"],
            "figures": sorted(figures, key=_in_order),
        }
        for figures in groups.values()
    ]
    return sorted(found, key=lambda group: group["fiscal_year"], reverse=True)


def measures(groups: list[dict]) -> list[dict]:
    """[{"key", "measure", "years"}]: groups of `vintages` of the same measure together, each with years latest first.

    key: as an address names it. Figures of no year stand apart: what they count is not the same thing.
    """
    found: dict[str, dict] = {}
    for group in groups:
        key = key_of(_name(group["measure"]).casefold())
        found.setdefault(key, {"key": key, "measure": group["measure"], "years": []})["years"].append(group)
    return list(found.values())


def key_of(name: str) -> str:
    """The words of a name; with a sign of its own where other names have the same words: "net (a)" and "net: a"."""
    words = slugify(name, allow_unicode=True)
    return words if words.replace("-", " ") == name else f"{words}-{sha256(name.encode()).hexdigest()[:6]}"


def measure_of(document: dict) -> tuple:
    """What figures have in common that are the same number of the same year."""
    return _name(document["title"]).casefold(), document["fiscal_year"], document["after_bonds"]


def _name(title: dict | None) -> str:
    title = title or {}
    return title.get("en") or title.get("zh-hant") or ""


def _in_order(document: dict) -> tuple:
    said = document["published_on"] or document["as_at"] or ""
    return ORDER.index(document["vintage"]), document["as_at"] or said, said
