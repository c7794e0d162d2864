"""Plans outcomes, commentary and context."""

import hashlib
import re
from collections import Counter
from decimal import Decimal

from experts.models import Commentary, Theme
from initiatives.models import Context, Observation, Outcome, Target
from publishing.dates import FuzzyDate
from publishing.languages import LANGUAGES, column

from .. import words
from ..reading import RecordFile
from ..vocabulary import THEME
from .bodies import unknown
from .promises import public_note
from .things import Row, Thing, citations, kept, text

LONGEST = 300  # characters of a comment's title
KPI = re.compile(r"\bKPIs?\b|key performance indicator|關鍵績效指標", re.IGNORECASE)
NO_KPI = re.compile(r"\b(not|no|never)\b[^;.]*(KPI|key performance)", re.IGNORECASE)


def outcomes(record: RecordFile):
    positions = Counter()
    for row in record.rows("outcomes"):
        thing = _outcome(row, record)
        thing.once = {"position": positions[row["initiative"]]}
        positions[row["initiative"]] += 1
        yield Row("outcomes", row["id"], row, thing, root=("initiatives", row["initiative"]))


def commentary(record: RecordFile):
    for row in record.rows("commentary"):
        thing = Thing(
            Commentary,
            f"commentary:{row['id']}",
            values={
                **_title(row, record.find("people", row["expert"])),
                **_summary(row, (record.find("sources", row.get("source")) or {}).get("title")),
                "slug": row["id"],
                "dated": FuzzyDate.parse(row.get("date")),
                "stance": row["stance"],
                "quote": row.get("quote") or "",
                "unverified": row["verified"] == "article",
            },
            refs={"expert": ("experts", row["expert"])},
            many={
                "initiatives": [("initiatives", row["initiative"])] if row.get("initiative") else [],
                "announcements": [("budgets", row["budget"])] if row.get("budget") else [],
            },
            note=[*kept(row, "note"), *unknown("commentary", row)],
        )
        _name_themes(thing, row)
        citations(thing, [row["source"]] if row.get("source") else (), record=record)
        draft = row["verified"] == "recall"
        yield Row("commentary", row["id"], row, thing, root=("commentary", row["id"]), draft=draft)


def contexts(record: RecordFile):
    for row in record.rows("context_facts"):
        thing = Thing(
            Context,
            f"context_facts:{row['id']}",
            values={**text("body", row["text"]), "slug": row["id"], "kind": "fact"},
            refs=_about(row.get("about"), record),
            note=[*kept(row, "note"), *unknown("context_facts", row)],
        )
        citations(thing, row.get("sources") or (), record=record)
        draft = row["verified"] != "seen"
        yield Row("context_facts", row["id"], row, thing, root=("context_facts", row["id"]), draft=draft)


def conflicts(record: RecordFile):
    for said in record.meta.get("known_conflicts") or ():
        id = f"conflict-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        thing = Thing(
            Context,
            f"known_conflicts:{id}",
            values={**text("body", said), "slug": id, "kind": "conflict"},
        )
        yield Row("known_conflicts", id, {"text": said}, thing, root=("known_conflicts", id))


def _outcome(row: dict, record: RecordFile) -> Thing:
    baseline = row.get("baseline") or {}
    thing = Thing(
        Outcome,
        f"outcomes:{row['id']}",
        values={
            **text("title", row["indicator"]),
            **text("baseline_note", baseline.get("text")),
            "unit": row.get("unit") or "",
            "direction": "decrease" if row.get("lower_is_better") else "increase",
            "aggregation": "last",
            "baseline_value": _number(baseline.get("value")),
            "baseline": FuzzyDate.parse(baseline.get("date")),
            "held_back": False,
        },
        refs={"initiative": ("initiatives", row["initiative"])},
        note=[*kept(row, "note"), *unknown("outcomes", row)],
    )
    facts = [*(row.get("targets") or ()), *(row.get("observations") or ())]
    seen = [fact["source"] for fact in facts if fact.get("source") and fact["verified"] != "recall"]
    for at, each in enumerate(row.get("targets") or ()):
        thing.parts.append(_target(thing.key, at, each, record))
    for at, each in enumerate(row.get("observations") or ()):
        thing.parts.append(_observation(thing.key, at, each, record))
    citations(thing, [baseline["source"], *seen] if baseline.get("source") else seen, record=record)
    return thing


def _target(key: str, at: int, row: dict, record: RecordFile) -> Thing:
    told = f"{row.get('text') or ''}; {row.get('set_by') or ''}"
    target = Thing(
        Target,
        f"{key}:target:{at}",
        values={
            "kind": "kpi" if KPI.search(told) and not NO_KPI.search(told) else "reference",
            "value": _number(row.get("value")),
            "words": row.get("text") or "",
            "due_on": row.get("due"),
            "set_by": row.get("set_by") or "",
            "set_on": FuzzyDate.parse(row.get("set_on")),
            "position": at,
            "held_back": row["verified"] == "recall",
        },
        note=kept(row, "note"),
        parent="outcome",
    )
    citations(target, [row["source"]] if row.get("source") else (), record=record)
    return target


def _observation(key: str, at: int, row: dict, record: RecordFile) -> Thing:
    qualifier, more = words.qualifier(row["qualifier"]) if row.get("qualifier") else ("exactly", "")
    observation = Thing(
        Observation,
        f"{key}:observation:{at}",
        values={
            **public_note(row, more, row.get("note") or ""),
            "observed": FuzzyDate.parse(row["date"]),
            "value": _number(row["value"]),
            "qualifier": qualifier,
            "method_break": bool(row.get("series_break")),
            "position": at,
            "held_back": row["verified"] == "recall",
        },
        parent="outcome",
    )
    citations(observation, [row["source"]] if row.get("source") else (), record=record)
    return observation


def _title(row: dict, person: dict | None) -> dict:
    """Return a title for a comment: the speaker's name, then its tags, else its quote, paraphrase or stance."""
    recalled = words.recalled((person or {}).get("note")).languages
    checked = [language for language in LANGUAGES if language not in recalled]
    names = [(person or {}).get(column("name", language)) for language in checked]
    name = next((name for name in names if name), "")
    subject = ", ".join(row.get("tags") or ()) or row.get("quote") or row.get("paraphrase") or row["stance"]
    return {"title_en": f"{name}: {subject}"[:LONGEST] if name else subject[:LONGEST]}


def _summary(row: dict, headline: str | None) -> dict:
    """Return what was said; for a comment whose text was not seen, its headline."""
    if row.get("paraphrase") or row.get("quote") or not headline:
        return text("summary", row.get("paraphrase"))
    return {
        "summary_en": f"Only its headline was seen: “{headline}”.",
        "summary_zh_hant": f"僅見其標題：「{headline}」。",
    }


def _name_themes(thing: Thing, row: dict) -> None:
    """Add a theme for each kind; tags that have no place in them go into the internal note."""
    tags = ", ".join(row.get("tags") or ())
    if not row.get("theme") or len(tags) > LONGEST:
        thing.note += kept(row, "tags")
    if not row.get("theme"):
        return
    for position, kind in enumerate(THEME[row["theme"]]):
        thing.parts.append(
            Thing(
                Theme,
                f"{thing.key}:theme:{kind}",
                values={**text("words", tags[:LONGEST]), "kind": kind, "position": position, "held_back": False},
                parent="commentary",
            )
        )


def _about(about: str | None, record: RecordFile) -> dict:
    """Return the references of a context to its initiative or announcement."""
    is_budget = about is not None and record.find("budgets", about) is not None
    return {
        "initiative": ("initiatives", about) if about and not is_budget else None,
        "announcement": ("budgets", about) if is_budget else None,
    }


def _number(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
