"""Plans outcomes, commentary and context."""

import hashlib
import re
from collections import Counter
from decimal import Decimal

from experts.models import Commentary, Theme
from initiatives.models import Context, Observation, Outcome, Target
from record.dates import FuzzyDate
from record.languages import LANGUAGES, get_text_column

from .. import note_parsing
from ..mappings import THEME
from ..parser import DataFile
from .initiatives import build_public_note
from .parties import unknown_key_lines
from .targets import PlannedObject, PlannedRow, add_citations, detect_text_column, note_lines

MAX_COMMENT_TITLE_LENGTH = 300  # characters of a comment's title
KPI_PATTERN = re.compile(r"\bKPIs?\b|key performance indicator|關鍵績效指標", re.IGNORECASE)
NO_KPI_PATTERN = re.compile(r"\b(not|no|never)\b[^;.]*(KPI|key performance)", re.IGNORECASE)


def plan_outcomes(record: DataFile):
    positions = Counter()
    for row in record.rows("outcomes"):
        thing = _plan_outcome(row, record)
        thing.initial_values = {"position": positions[row["initiative"]]}
        positions[row["initiative"]] += 1
        yield PlannedRow("outcomes", row["id"], row, thing, root=("initiatives", row["initiative"]))


def plan_commentary(record: DataFile):
    for row in record.rows("commentary"):
        thing = PlannedObject(
            Commentary,
            f"commentary:{row['id']}",
            values={
                **_build_comment_title(row, record.find("people", row["expert"])),
                **_build_comment_summary(row, (record.find("sources", row.get("source")) or {}).get("title")),
                "slug": row["id"],
                "dated": FuzzyDate.parse(row.get("date")),
                "stance": row["stance"],
                "quote": row.get("quote") or "",
                "unverified": row["verified"] == "article",
            },
            refs={"expert": ("experts", row["expert"])},
            many_refs={
                "initiatives": [("initiatives", row["initiative"])] if row.get("initiative") else [],
                "announcements": [("budgets", row["budget"])] if row.get("budget") else [],
            },
            note=[*note_lines(row, "note"), *unknown_key_lines("commentary", row)],
        )
        _plan_themes(thing, row)
        add_citations(thing, [row["source"]] if row.get("source") else (), record=record)
        draft = row["verified"] == "recall"
        yield PlannedRow("commentary", row["id"], row, thing, root=("commentary", row["id"]), draft=draft)


def plan_contexts(record: DataFile):
    for row in record.rows("context_facts"):
        thing = PlannedObject(
            Context,
            f"context_facts:{row['id']}",
            values={**detect_text_column("body", row["text"]), "slug": row["id"], "kind": "fact"},
            refs=_find_context_subject(row.get("about"), record),
            note=[*note_lines(row, "note"), *unknown_key_lines("context_facts", row)],
        )
        add_citations(thing, row.get("sources") or (), record=record)
        draft = row["verified"] != "seen"
        yield PlannedRow("context_facts", row["id"], row, thing, root=("context_facts", row["id"]), draft=draft)


def plan_conflicts(record: DataFile):
    for said in record.meta.get("known_conflicts") or ():
        id = f"conflict-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        thing = PlannedObject(
            Context,
            f"known_conflicts:{id}",
            values={**detect_text_column("body", said), "slug": id, "kind": "conflict"},
        )
        yield PlannedRow("known_conflicts", id, {"text": said}, thing, root=("known_conflicts", id))


def _plan_outcome(row: dict, record: DataFile) -> PlannedObject:
    baseline = row.get("baseline") or {}
    thing = PlannedObject(
        Outcome,
        f"outcomes:{row['id']}",
        values={
            **detect_text_column("title", row["indicator"]),
            **detect_text_column("baseline_note", baseline.get("text")),
            "unit": row.get("unit") or "",
            "direction": "decrease" if row.get("lower_is_better") else "increase",
            "aggregation": "last",
            "baseline_value": _to_decimal(baseline.get("value")),
            "baseline": FuzzyDate.parse(baseline.get("date")),
            "held_back": False,
        },
        refs={"initiative": ("initiatives", row["initiative"])},
        note=[*note_lines(row, "note"), *unknown_key_lines("outcomes", row)],
    )
    facts = [*(row.get("targets") or ()), *(row.get("observations") or ())]
    seen = [fact["source"] for fact in facts if fact.get("source") and fact["verified"] != "recall"]
    for at, each in enumerate(row.get("targets") or ()):
        thing.parts.append(_plan_target(thing.key, at, each, record))
    for at, each in enumerate(row.get("observations") or ()):
        thing.parts.append(_plan_observation(thing.key, at, each, record))
    add_citations(thing, [baseline["source"], *seen] if baseline.get("source") else seen, record=record)
    return thing


def _plan_target(key: str, at: int, row: dict, record: DataFile) -> PlannedObject:
    told = f"{row.get('text') or ''}; {row.get('set_by') or ''}"
    target = PlannedObject(
        Target,
        f"{key}:target:{at}",
        values={
            "kind": "kpi" if KPI_PATTERN.search(told) and not NO_KPI_PATTERN.search(told) else "reference",
            "value": _to_decimal(row.get("value")),
            "words": row.get("text") or "",
            "due_on": row.get("due"),
            "set_by": row.get("set_by") or "",
            "set_on": FuzzyDate.parse(row.get("set_on")),
            "position": at,
            "held_back": row["verified"] == "recall",
        },
        note=note_lines(row, "note"),
        parent="outcome",
    )
    add_citations(target, [row["source"]] if row.get("source") else (), record=record)
    return target


def _plan_observation(key: str, at: int, row: dict, record: DataFile) -> PlannedObject:
    qualifier, more = note_parsing.parse_qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
    observation = PlannedObject(
        Observation,
        f"{key}:observation:{at}",
        values={
            **build_public_note(row, more, row.get("note") or ""),
            "observed": FuzzyDate.parse(row["date"]),
            "value": _to_decimal(row["value"]),
            "qualifier": qualifier,
            "method_break": bool(row.get("series_break")),
            "position": at,
            "held_back": row["verified"] == "recall",
        },
        parent="outcome",
    )
    add_citations(observation, [row["source"]] if row.get("source") else (), record=record)
    return observation


def _build_comment_title(row: dict, person: dict | None) -> dict:
    """Return a title for a comment: the speaker's name, then its tags, else its quote, paraphrase or stance."""
    recalled = note_parsing.parse_from_memory((person or {}).get("note")).languages
    checked = [language for language in LANGUAGES if language not in recalled]
    names = [(person or {}).get(get_text_column("name", language)) for language in checked]
    name = next((name for name in names if name), "")
    subject = ", ".join(row.get("tags") or ()) or row.get("quote") or row.get("paraphrase") or row["stance"]
    return {"title_en": f"{name}: {subject}"[:MAX_COMMENT_TITLE_LENGTH] if name else subject[:MAX_COMMENT_TITLE_LENGTH]}


def _build_comment_summary(row: dict, headline: str | None) -> dict:
    """Return what was said; for a comment whose text was not seen, its headline."""
    if row.get("paraphrase") or row.get("quote") or not headline:
        return detect_text_column("summary", row.get("paraphrase"))
    return {
        "summary_en": f"Only its headline was seen: “{headline}”.",
        "summary_zh_hant": f"僅見其標題：「{headline}」。",
    }


def _plan_themes(thing: PlannedObject, row: dict) -> None:
    """Add a theme for each kind; tags that have no place in them go into the internal note."""
    tags = ", ".join(row.get("tags") or ())
    if not row.get("theme") or len(tags) > MAX_COMMENT_TITLE_LENGTH:
        thing.note += note_lines(row, "tags")
    if not row.get("theme"):
        return
    for position, kind in enumerate(THEME[row["theme"]]):
        thing.parts.append(
            PlannedObject(
                Theme,
                f"{thing.key}:theme:{kind}",
                values={
                    **detect_text_column("words", tags[:MAX_COMMENT_TITLE_LENGTH]),
                    "kind": kind,
                    "position": position,
                    "held_back": False,
                },
                parent="commentary",
            )
        )


def _find_context_subject(about: str | None, record: DataFile) -> dict:
    """Return the references of a context to its initiative or announcement."""
    is_budget = about is not None and record.find("budgets", about) is not None
    return {
        "initiative": ("initiatives", about) if about and not is_budget else None,
        "announcement": ("budgets", about) if is_budget else None,
    }


def _to_decimal(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
