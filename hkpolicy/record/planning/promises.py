"""Plans announcements with their figures, initiatives and funding."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from initiatives.models import Announcement, Figure, Funding, Initiative, InitiativeRelation
from publishing.dates import FuzzyDate
from publishing.languages import as_simplified, column, language_of

from .. import words
from ..reading import RecordFile
from ..vocabulary import DECISION, STAGE, VINTAGE
from .bodies import held_names, parents_first, unknown
from .things import Row, Thing, citations, kept, lines, said, text, texts

LAND_PRICE = re.compile(r"\bland\b.*\b(price|premium|income|revenue|sale|bid)|\bprice\b.*\bland\b|地價", re.IGNORECASE)
NO_PURPOSE = {"title_en": "Purpose not stated", "title_zh_hant": "用途未有說明"}
UNVERIFIED = {"en": "Unverified: stated in a news article only.", "zh-hant": "未經核實：僅見於新聞報道。"}


def budgets(record: RecordFile):
    for row in record.rows("budgets"):
        thing = Thing(
            Announcement,
            f"budgets:{row['id']}",
            values={
                **_announcement_title(row),
                "slug": row["id"],
                "kind": row["kind"],
                "fiscal_year": row.get("fiscal_year") or "",
                "delivered_on": row.get("date_delivered"),
                "passed_on": row.get("appropriation_passed_on"),
                "key_phrase": row.get("key_phrase") or "",
            },
            refs={"delivered_by": row.get("deliverer") and ("people", row["deliverer"])},
            note=[*kept(row, "note", "key_phrase_note"), *unknown("budgets", row), *_numberless(row)],
        )
        citations(thing, row.get("sources") or (), record=record)
        own = {key: value for key, value in row.items() if key != "headline_figures"}
        draft, missing = row["verified"] != "seen", len(_numberless(row))
        yield Row("budgets", row["id"], own, thing, root=("budgets", row["id"]), draft=draft, missing=missing)


def figures(record: RecordFile):
    """Yield each headline figure as a row of its own, identified by what it measures."""
    for budget in record.rows("budgets"):
        seen = Counter()
        for position, row in enumerate(budget.get("headline_figures") or ()):
            if not _has_number(row):
                continue
            name = ", ".join(str(row[key]) for key in ("measure", "fiscal_year", "vintage", "as_at") if row.get(key))
            seen[name] += 1
            id = f"{budget['id']}: {name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
            yield Row(
                "headline_figures",
                id,
                row,
                _figure(row, f"headline_figures:{id}", budget["id"], position, record),
                root=("budgets", budget["id"]),
            )


def initiatives(record: RecordFile):
    for row in record.rows("initiatives"):
        thing = Thing(
            Initiative,
            f"initiatives:{row['slug']}",
            values=_values_of_initiative(row),
            refs={
                "lead": row.get("lead") and ("organisations", row["lead"]),
                "announced_in": row.get("announced_in") and ("budgets", row["announced_in"]),
            },
            many={"areas": [("areas", row["area"])] if row.get("area") else []},
            held_names=held_names("title", row),
            note=[*kept(row, "note"), *unknown("initiatives", row)],
        )
        _relate(thing, row)
        citations(thing, row.get("sources") or (), record=record)
        yield Row(
            "initiatives",
            row["slug"],
            row,
            thing,
            root=("initiatives", row["slug"]),
            draft=row["verified"] != "seen",
        )


def _values_of_initiative(row: dict) -> dict:
    note = row.get("announced_precision_note") or ""
    return {
        **texts("title", row, "title"),
        **text("summary", row.get("summary")),
        "slug": row["slug"],
        "aliases": lines(row.get("also_known_as")),
        "stage": STAGE[row["stage"]],
        "announced": _with_phrase(FuzzyDate.parse(row.get("announced_on")), note),
    }


def allocations(record: RecordFile):
    positions = Counter()
    rows = {row["id"]: row for row in record.rows("allocations")}
    for row in parents_first(rows, "part_of"):
        qualifier, more = words.qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
        thing = Thing(
            Funding,
            f"allocations:{row['id']}",
            values={
                **(text("title", row.get("purpose")) or NO_PURPOSE),
                **public_note(row, more),
                "stage": DECISION[row["decision"]],
                "payer": _payer(row),
                "amount_hkd": row.get("amount_hkd"),
                "qualifier": qualifier,
                "dated": _dated(row.get("date"), row.get("date_precision")),
                "held_back": row["verified"] == "recall" or row.get("amount_hkd") is None,
            },
            refs={
                "initiative": ("initiatives", row["initiative"]),
                "announcement": row.get("budget") and ("budgets", row["budget"]),
                "part_of": row.get("part_of") and ("allocations", row["part_of"]),
            },
            once={"position": positions[row["initiative"]]},
            note=[*kept(row, "amount_usd_reported", "note"), *unknown("allocations", row)],
        )
        positions[row["initiative"]] += 1
        citations(thing, row.get("sources") or (), record=record)
        yield Row("allocations", row["id"], row, thing, root=("initiatives", row["initiative"]))


def _figure(row: dict, key: str, budget: str, position: int, record: RecordFile) -> Thing:
    qualifier, more = words.qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
    value = row.get("value")
    thing = Thing(
        Figure,
        key,
        values={
            **text("title", row["measure"]),
            **public_note(row, more, row.get("note") or ""),
            "fiscal_year": row.get("fiscal_year") or "",
            "vintage": VINTAGE[row["vintage"]],
            "as_at": row.get("as_at"),
            "published_on": row.get("published_on"),
            "after_bonds": row.get("after_bonds"),
            "qualifier": qualifier,
            "amount_hkd": row.get("amount_hkd"),
            "amount_low_hkd": row.get("amount_low_hkd"),
            "amount_high_hkd": row.get("amount_high_hkd"),
            "count": None if value is None else Decimal(str(value)),
            "unit": row.get("unit") or "",
            "held_back": row["verified"] == "recall",
        },
        refs={"announcement": ("budgets", budget)},
        once={"position": position},
    )
    citations(thing, row.get("sources") or (), record=record)
    return thing


def _relate(thing: Thing, row: dict) -> None:
    position = 0
    for relation, key in (("predecessor", "predecessors"), ("comparable", "comparables")):
        for slug in dict.fromkeys(row.get(key) or ()):
            thing.parts.append(
                Thing(
                    InitiativeRelation,
                    f"{thing.key}:{relation}:{slug}",
                    values={"relation": relation, "position": position, "held_back": False},
                    refs={"other": ("initiatives", slug)},
                    parent="initiative",
                )
            )
            position += 1


def _announcement_title(row: dict) -> dict:
    """Return the title columns: the usual name of a Budget or Policy Address, then the speech's own title."""
    year, own = row.get("fiscal_year"), texts("title", row, "title")
    if row["kind"] == "budget" and year:
        usual = {"title_en": f"{year} Budget", "title_zh_hant": f"{year}年度財政預算案"}
    elif row["kind"] == "policy_address" and row.get("date_delivered"):
        year = str(row["date_delivered"].year)
        usual = {"title_en": f"{year} Policy Address", "title_zh_hant": f"{year}年施政報告"}
    else:
        return own
    title = {column: _after(name, own.get(column), year) for column, name in usual.items()}
    return own | title


def _after(usual: str, own: str | None, year: str) -> str:
    if not own:
        return usual
    return own if year in own else f"{usual}: {own}"


def _dated(value, precision) -> FuzzyDate:
    """Return a date with the precision given beside it, if it is a whole date; a year or month has its own."""
    date = FuzzyDate.parse(value)
    return FuzzyDate.ending(date.latest, precision) if precision and date.precision == "day" else date


def _with_phrase(date: FuzzyDate, phrase: str) -> FuzzyDate:
    return replace(date, phrase=phrase)


def _payer(row: dict) -> str:
    """Return who pays: public money, or for a bid land or a private body."""
    if row["decision"] != "bid":
        return "public"
    return "land" if LAND_PRICE.search(row.get("purpose") or "") else "private"


def public_note(row: dict, *sentences: str, ours: dict[str, str] | None = None) -> dict:
    """Return the columns of a public note, in the language of the file's sentences.

    `ours` and the words for *unverified* are added in that language; without sentences they stand in both languages.
    """
    note = lines(sentences)
    first = UNVERIFIED if row["verified"] == "article" else {}
    written = {
        language: lines(_in(language, first), note, _in(language, ours or {}))
        for language in ([language_of(note)] if note else ["en", "zh-hant"])
    }
    return {column("note", language): words for language, words in written.items() if words}


def _in(language: str, ours: dict[str, str]) -> str:
    return ours.get(language) or as_simplified(ours.get("zh-hant", ""))


def _has_number(row: dict) -> bool:
    return any(row.get(key) is not None for key in ("amount_hkd", "amount_low_hkd", "value"))


def _numberless(row: dict) -> list[str]:
    """Return a line for each figure without a number; no row can hold it, so the announcement's internal note does."""
    return [f"figure not seen: {said(each)}" for each in row.get("headline_figures") or () if not _has_number(each)]
