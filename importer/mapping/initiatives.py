"""Plans announcements with their figures, initiatives and funding."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from initiatives.models import Announcement, Figure, Funding, Initiative, InitiativeRelation
from record.dates import FuzzyDate
from record.languages import convert_to_simplified, detect_language, get_text_column

from .. import note_parsing
from ..mappings import DECISION, STAGE, VINTAGE
from ..parser import DataFile
from .parties import find_held_names, sort_parents_first, unknown_key_lines
from .targets import (
    PlannedObject,
    PlannedRow,
    add_citations,
    collect_text_columns,
    detect_text_column,
    format_note_value,
    join_lines,
    note_lines,
)

LAND_PRICE_PATTERN = re.compile(
    r"\bland\b.*\b(price|premium|income|revenue|sale|bid)|\bprice\b.*\bland\b|地價", re.IGNORECASE
)
NO_PURPOSE = {"title_en": "Purpose not stated", "title_zh_hant": "用途未有說明"}
UNVERIFIED_NOTE = {"en": "Unverified: stated in a news article only.", "zh-hant": "未經核實：僅見於新聞報道。"}


def plan_budgets(record: DataFile):
    for row in record.rows("budgets"):
        thing = PlannedObject(
            Announcement,
            f"budgets:{row['id']}",
            values={
                **_build_announcement_title(row),
                "slug": row["id"],
                "kind": row["kind"],
                "fiscal_year": row.get("fiscal_year") or "",
                "delivered_on": row.get("date_delivered"),
                "passed_on": row.get("appropriation_passed_on"),
                "key_phrase": row.get("key_phrase") or "",
            },
            refs={"delivered_by": row.get("deliverer") and ("people", row["deliverer"])},
            note=[
                *note_lines(row, "note", "key_phrase_note"),
                *unknown_key_lines("budgets", row),
                *_list_unseen_figures(row),
            ],
        )
        add_citations(thing, row.get("sources") or (), record=record)
        own = {key: value for key, value in row.items() if key != "headline_figures"}
        draft, missing = row["verified"] != "seen", len(_list_unseen_figures(row))
        yield PlannedRow(
            "budgets", row["id"], own, thing, root=("budgets", row["id"]), draft=draft, unseen_figures=missing
        )


def plan_figures(record: DataFile):
    """Yield each headline figure as a row of its own, identified by what it measures."""
    for budget in record.rows("budgets"):
        seen = Counter()
        for position, row in enumerate(budget.get("headline_figures") or ()):
            if not _has_number(row):
                continue
            name = ", ".join(str(row[key]) for key in ("measure", "fiscal_year", "vintage", "as_at") if row.get(key))
            seen[name] += 1
            id = f"{budget['id']}: {name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
            yield PlannedRow(
                "headline_figures",
                id,
                row,
                _plan_figure(row, f"headline_figures:{id}", budget["id"], position, record),
                root=("budgets", budget["id"]),
            )


def plan_initiatives(record: DataFile):
    for row in record.rows("initiatives"):
        thing = PlannedObject(
            Initiative,
            f"initiatives:{row['slug']}",
            values=_initiative_values(row),
            refs={
                "lead": row.get("lead") and ("organisations", row["lead"]),
                "announced_in": row.get("announced_in") and ("budgets", row["announced_in"]),
            },
            many_refs={"areas": [("areas", row["area"])] if row.get("area") else []},
            held_names=find_held_names("title", row),
            note=[*note_lines(row, "note"), *unknown_key_lines("initiatives", row)],
        )
        _plan_relations(thing, row)
        add_citations(thing, row.get("sources") or (), record=record)
        yield PlannedRow(
            "initiatives",
            row["slug"],
            row,
            thing,
            root=("initiatives", row["slug"]),
            draft=row["verified"] != "seen",
        )


def _initiative_values(row: dict) -> dict:
    note = row.get("announced_precision_note") or ""
    return {
        **collect_text_columns("title", row, "title"),
        **detect_text_column("summary", row.get("summary")),
        "slug": row["slug"],
        "aliases": join_lines(row.get("also_known_as")),
        "stage": STAGE[row["stage"]],
        "announced": _add_phrase(FuzzyDate.parse(row.get("announced_on")), note),
    }


def plan_allocations(record: DataFile):
    positions = Counter()
    rows = {row["id"]: row for row in record.rows("allocations")}
    for row in sort_parents_first(rows, "part_of"):
        qualifier, more = note_parsing.parse_qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
        thing = PlannedObject(
            Funding,
            f"allocations:{row['id']}",
            values={
                **(detect_text_column("title", row.get("purpose")) or NO_PURPOSE),
                **build_public_note(row, more),
                "stage": DECISION[row["decision"]],
                "payer": _infer_payer(row),
                "amount_hkd": row.get("amount_hkd"),
                "qualifier": qualifier,
                "dated": _parse_funding_date(row.get("date"), row.get("date_precision")),
                "held_back": row["verified"] == "recall" or row.get("amount_hkd") is None,
            },
            refs={
                "initiative": ("initiatives", row["initiative"]),
                "announcement": row.get("budget") and ("budgets", row["budget"]),
                "part_of": row.get("part_of") and ("allocations", row["part_of"]),
            },
            initial_values={"position": positions[row["initiative"]]},
            note=[*note_lines(row, "amount_usd_reported", "note"), *unknown_key_lines("allocations", row)],
        )
        positions[row["initiative"]] += 1
        add_citations(thing, row.get("sources") or (), record=record)
        yield PlannedRow("allocations", row["id"], row, thing, root=("initiatives", row["initiative"]))


def _plan_figure(row: dict, key: str, budget: str, position: int, record: DataFile) -> PlannedObject:
    qualifier, more = note_parsing.parse_qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
    value = row.get("value")
    thing = PlannedObject(
        Figure,
        key,
        values={
            **detect_text_column("title", row["measure"]),
            **build_public_note(row, more, row.get("note") or ""),
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
        initial_values={"position": position},
    )
    add_citations(thing, row.get("sources") or (), record=record)
    return thing


def _plan_relations(thing: PlannedObject, row: dict) -> None:
    position = 0
    for relation, key in (("predecessor", "predecessors"), ("comparable", "comparables")):
        for slug in dict.fromkeys(row.get(key) or ()):
            thing.parts.append(
                PlannedObject(
                    InitiativeRelation,
                    f"{thing.key}:{relation}:{slug}",
                    values={"relation": relation, "position": position, "held_back": False},
                    refs={"other": ("initiatives", slug)},
                    parent="initiative",
                )
            )
            position += 1


def _build_announcement_title(row: dict) -> dict:
    """Return the title columns: the usual name of a Budget or Policy Address, then the speech's own title."""
    year, own = row.get("fiscal_year"), collect_text_columns("title", row, "title")
    if row["kind"] == "budget" and year:
        usual = {"title_en": f"{year} Budget", "title_zh_hant": f"{year}年度財政預算案"}
    elif row["kind"] == "policy_address" and row.get("date_delivered"):
        year = str(row["date_delivered"].year)
        usual = {"title_en": f"{year} Policy Address", "title_zh_hant": f"{year}年施政報告"}
    else:
        return own
    title = {column: _append_title(name, own.get(column), year) for column, name in usual.items()}
    return own | title


def _append_title(usual: str, own: str | None, year: str) -> str:
    if not own:
        return usual
    return own if year in own else f"{usual}: {own}"


def _parse_funding_date(value, precision) -> FuzzyDate:
    """Return a date with the precision given beside it, if it is a whole date; a year or month has its own."""
    date = FuzzyDate.parse(value)
    return FuzzyDate.ending_on(date.latest, precision) if precision and date.precision == "day" else date


def _add_phrase(date: FuzzyDate, phrase: str) -> FuzzyDate:
    return replace(date, phrase=phrase)


def _infer_payer(row: dict) -> str:
    """Return who pays: public money, or for a bid land or a private body."""
    if row["decision"] != "bid":
        return "public"
    return "land" if LAND_PRICE_PATTERN.search(row.get("purpose") or "") else "private"


def build_public_note(row: dict, *sentences: str, ours: dict[str, str] | None = None) -> dict:
    """Return the columns of a public note, in the language of the file's sentences.

    `ours` and the words for *unverified* are added in that language; without sentences they stand in both languages.
    """
    note = join_lines(sentences)
    first = UNVERIFIED_NOTE if row["verified"] == "article" else {}
    written = {
        language: join_lines(_in_language(language, first), note, _in_language(language, ours or {}))
        for language in ([detect_language(note)] if note else ["en", "zh-hant"])
    }
    return {get_text_column("note", language): words for language, words in written.items() if words}


def _in_language(language: str, ours: dict[str, str]) -> str:
    return ours.get(language) or convert_to_simplified(ours.get("zh-hant", ""))


def _has_number(row: dict) -> bool:
    return any(row.get(key) is not None for key in ("amount_hkd", "amount_low_hkd", "value"))


def _list_unseen_figures(row: dict) -> list[str]:
    """Return a line for each figure without a number; no row can hold it, so the announcement's internal note does."""
    return [
        f"figure not seen: {format_note_value(each)}"
        for each in row.get("headline_figures") or ()
        if not _has_number(each)
    ]
