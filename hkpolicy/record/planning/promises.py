"""Announcements with their figures, initiatives, funding and milestones."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from initiatives.models import (
    Announcement,
    Evidence,
    Figure,
    Funding,
    Initiative,
    InitiativeRelation,
    Milestone,
    Statement,
)
from publishing.dates import FuzzyDate

from .. import words
from ..reading import RecordFile
from ..vocabulary import DECISION, STAGE, STATUS, VINTAGE
from .bodies import held_names, parents_first, recalled_sources, unknown
from .things import Row, Thing, citations, kept, lines, said, text, texts

LAND_PRICE = re.compile(r"\bland\b.*\b(price|premium|income|revenue|sale|bid)|\bprice\b.*\bland\b|地價", re.IGNORECASE)
UNVERIFIED = {
    "note_en": "Unverified: stated in a news article only.",
    "note_zh_hant": "未經核實：僅見於新聞報道。",
}


def budgets(record: RecordFile):
    for row in record.rows("budgets"):
        thing = Thing(
            Announcement,
            f"budgets:{row['id']}",
            values={
                **_announcement_title(row),
                **text("summary", row.get("key_phrase_note")),
                "slug": row["id"],
                "kind": row["kind"],
                "fiscal_year": row.get("fiscal_year") or "",
                "delivered_on": row.get("date_delivered"),
                "passed_on": row.get("appropriation_passed_on"),
                "key_phrase": row.get("key_phrase") or "",
            },
            refs={"delivered_by": row.get("deliverer") and ("people", row["deliverer"])},
            note=[*kept(row, "note"), *unknown("budgets", row), *_numberless(row)],
        )
        citations(thing, row.get("sources") or (), recalled=recalled_sources(record))
        own = {key: value for key, value in row.items() if key != "headline_figures"}
        draft, missing = row["verified"] != "seen", len(_numberless(row))
        yield Row("budgets", row["id"], own, thing, root=("budgets", row["id"]), draft=draft, missing=missing)


def figures(record: RecordFile):
    """Each headline figure is a row of its own, known by what it measures."""
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
                _figure(row, f"headline_figures:{id}", budget["id"], position, recalled_sources(record)),
                root=("budgets", budget["id"]),
            )


def initiatives(record: RecordFile):
    for row in record.rows("initiatives"):
        note = row.get("announced_precision_note") or ""
        thing = Thing(
            Initiative,
            f"initiatives:{row['slug']}",
            values={
                **texts("title", row, "title"),
                **text("summary", row.get("summary")),
                "slug": row["slug"],
                "aliases": lines(row.get("also_known_as")),
                "stage": STAGE[row["stage"]],
                "announced": _with_phrase(FuzzyDate.parse(row.get("announced_on")), note),
            },
            refs={
                "lead": row.get("lead") and ("organisations", row["lead"]),
                "announced_in": row.get("announced_in") and ("budgets", row["announced_in"]),
            },
            many={"areas": [("areas", row["area"])] if row.get("area") else []},
            held_names=held_names("title", row),
            note=[*kept(row, "note"), *unknown("initiatives", row)],
        )
        _relate(thing, row)
        citations(thing, row.get("sources") or (), recalled=recalled_sources(record))
        yield Row(
            "initiatives",
            row["slug"],
            row,
            thing,
            root=("initiatives", row["slug"]),
            draft=row["verified"] != "seen",
        )


def allocations(record: RecordFile):
    positions = Counter()
    rows = {row["id"]: row for row in record.rows("allocations")}
    for row in parents_first(rows, "part_of"):
        qualifier, more = words.qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
        thing = Thing(
            Funding,
            f"allocations:{row['id']}",
            values={
                **text("title", row.get("purpose")),
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
        citations(thing, row.get("sources") or (), recalled=recalled_sources(record))
        yield Row("allocations", row["id"], row, thing, root=("initiatives", row["initiative"]))


def milestones(record: RecordFile):
    positions = Counter()
    dates = {row["id"]: FuzzyDate.parse(row.get("date")) for row in record.rows("sources")}
    for row in record.rows("milestones"):
        thing = _milestone(row, dates, recalled_sources(record))
        thing.once = {"position": positions[row["initiative"]]}
        positions[row["initiative"]] += 1
        yield Row("milestones", row["id"], row, thing, root=("initiatives", row["initiative"]))


def _milestone(row: dict, dates: dict[str, FuzzyDate], recalled: set[str]) -> Thing:
    history, phrase = row.get("history") or (), (row.get("due_text") or "").strip()
    done = row["status"] == "completed"
    is_event = done and not history and not phrase
    actual = _actual(row) if done else FuzzyDate()
    thing = Thing(
        Milestone,
        f"milestones:{row['id']}",
        values={
            **text("title", row["title"]),
            **public_note(row, row.get("note") or "", _unsaid(phrase, history)),
            "kind": "event" if is_event else "promise",
            "result": STATUS[row["status"]],
            "actual": actual,
            "held_back": row["verified"] == "recall",
        },
        refs={"initiative": ("initiatives", row["initiative"])},
        note=[*_internal_dates(row, is_event=is_event), *unknown("milestones", row)],
    )
    if history:
        thing.parts += [_statement(thing.key, at, each, recalled) for at, each in enumerate(history)]
    elif not is_event and (phrase or row.get("due")):
        thing.parts.append(_inferred(thing.key, row, dates, actual, recalled))
    if done:
        thing.parts.append(_evidence(thing.key, row, dates, actual, recalled))
    citations(thing, row.get("sources") or (), recalled=recalled)
    return thing


def _statement(key: str, at: int, each: dict, recalled: set[str]) -> Thing:
    statement = Thing(
        Statement,
        f"{key}:statement:{at}",
        values={
            "stated": FuzzyDate.parse(each.get("stated_on")),
            "promised": _promised(each.get("due"), each.get("precision"), each.get("text")),
            "inferred": False,
            "position": at,
            "held_back": False,
        },
        note=kept(each, "note"),
        parent="milestone",
    )
    citations(statement, [each["source"]] if each.get("source") else (), recalled=recalled)
    return statement


def _inferred(key: str, row: dict, dates, actual: FuzzyDate, recalled: set[str]) -> Thing:
    """One statement made from `due` and its words, dated by the first source where that can have said it."""
    promised = _promised(row.get("due"), row.get("due_precision"), row.get("due_text"))
    ids = row.get("sources") or ()
    stated = dates.get(ids[0], FuzzyDate()) if ids else FuzzyDate()
    limits = [day for day in (promised.latest, actual.latest) if day]
    if stated.earliest and any(stated.earliest > day for day in limits):
        stated = FuzzyDate()
    statement = Thing(
        Statement,
        f"{key}:statement:0",
        values={"stated": stated, "promised": promised, "inferred": True, "position": 0, "held_back": False},
        parent="milestone",
    )
    citations(statement, ids[:1] if stated.known() else ids, recalled=recalled)
    return statement


def _evidence(key: str, row: dict, dates, actual: FuzzyDate, recalled: set[str]) -> Thing:
    """That it was done, from the row's sources; dated by the first of them that can have seen it."""
    ids = row.get("sources") or ()
    seen = [dates.get(id, FuzzyDate()) for id in ids]
    since = actual.earliest or actual.latest
    dated = next((day for day in seen if day.latest and (since is None or day.latest >= since)), FuzzyDate())
    evidence = Thing(
        Evidence,
        f"{key}:evidence:0",
        values={"supports": "met", "dated": dated, "position": 0, "held_back": False},
        parent="milestone",
    )
    citations(evidence, ids, recalled=recalled)
    return evidence


def _figure(row: dict, key: str, budget: str, position: int, recalled: set[str]) -> Thing:
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
    citations(thing, row.get("sources") or (), recalled=recalled)
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
    """The speech's own title after the usual name of a Budget or Policy Address."""
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


def _promised(due, precision, phrase) -> FuzzyDate:
    phrase = (phrase or "").strip()
    if due is None:
        return FuzzyDate(phrase=phrase)
    return FuzzyDate.ending(due, precision or "unknown", phrase=phrase, at_the_earliest=words.at_the_earliest(phrase))


def _actual(row: dict) -> FuzzyDate:
    phrase = (row.get("completed_text") or "").strip()
    if row.get("completed") is None:
        return FuzzyDate(phrase=phrase)
    return FuzzyDate.ending(row["completed"], row.get("completed_precision") or "day", phrase=phrase)


def _dated(value, precision) -> FuzzyDate:
    """A date with the precision beside it, where it is a whole one; a year or a month says its own."""
    date = FuzzyDate.parse(value)
    return FuzzyDate.ending(date.latest, precision) if precision and date.precision == "day" else date


def _with_phrase(date: FuzzyDate, phrase: str) -> FuzzyDate:
    return replace(date, phrase=phrase)


def _payer(row: dict) -> str:
    if row["decision"] != "bid":
        return "public"
    return "land" if LAND_PRICE.search(row.get("purpose") or "") else "private"


def _unsaid(phrase: str, history) -> str:
    """The row's own words, where no statement of its history has them."""
    if not phrase or not history or any(phrase in (each.get("text") or "") for each in history):
        return ""
    return f"Also worded: “{phrase}”."


def public_note(row: dict, *sentences: str) -> dict:
    note = lines(sentences)
    columns = text("note", note)
    if row["verified"] == "article":
        return UNVERIFIED | {column: lines(UNVERIFIED.get(column, ""), words) for column, words in columns.items()}
    return columns


def _internal_dates(row: dict, *, is_event: bool) -> list[str]:
    keys = ["due_derived", "completed_late"]
    if row.get("history") or is_event:
        keys += ["due", "due_precision"] if row.get("due") else []
    if row["status"] != "completed":
        keys += ["completed", "completed_text"]
    return kept(row, *keys)


def _has_number(row: dict) -> bool:
    return any(row.get(key) is not None for key in ("amount_hkd", "amount_low_hkd", "value"))


def _numberless(row: dict) -> list[str]:
    """Figures nobody has seen: no row can hold them, the internal note of their announcement does."""
    return [f"figure not seen: {said(each)}" for each in row.get("headline_figures") or () if not _has_number(each)]
