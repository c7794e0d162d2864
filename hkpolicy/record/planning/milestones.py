"""Plans milestones: what was said of them, and that they were done."""

from collections import Counter

from initiatives.models import Evidence, Milestone, Statement
from publishing.dates import FuzzyDate

from .. import words
from ..reading import RecordFile
from ..vocabulary import STATUS
from .bodies import unknown
from .promises import public_note
from .things import Row, Thing, citations, dated, kept, text


def milestones(record: RecordFile):
    positions = Counter()
    for row in record.rows("milestones"):
        thing = _milestone(row, record)
        thing.once = {"position": positions[row["initiative"]]}
        positions[row["initiative"]] += 1
        yield Row("milestones", row["id"], row, thing, root=("initiatives", row["initiative"]))


def _milestone(row: dict, record: RecordFile) -> Thing:
    history, phrase = row.get("history") or (), (row.get("due_text") or "").strip()
    done = row["status"] == "completed"
    is_event = done and not history and not phrase
    actual = _actual(row) if done else FuzzyDate()
    thing = Thing(
        Milestone,
        f"milestones:{row['id']}",
        values={
            **text("title", row["title"]),
            **public_note(row, row.get("note") or "", ours=_unsaid(phrase, history)),
            "kind": "event" if is_event else "promise",
            "result": STATUS[row["status"]],
            "actual": actual,
            "held_back": row["verified"] == "recall",
        },
        refs={"initiative": ("initiatives", row["initiative"])},
        note=[*_internal_dates(row, is_event=is_event), *unknown("milestones", row)],
    )
    if history:
        thing.parts += [_statement(thing.key, at, each, record) for at, each in enumerate(history)]
    elif not is_event and (phrase or row.get("due")):
        thing.parts.append(_inferred(thing.key, row, actual, record))
    if done:
        thing.parts.append(_evidence(thing.key, row, actual, record))
    citations(thing, row.get("sources") or (), record=record)
    return thing


def _statement(key: str, at: int, each: dict, record: RecordFile) -> Thing:
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
    citations(statement, [each["source"]] if each.get("source") else (), record=record)
    return statement


def _inferred(key: str, row: dict, actual: FuzzyDate, record: RecordFile) -> Thing:
    """Return one statement made from `due` and its words, dated by the first source if that can have said it."""
    promised = _promised(row.get("due"), row.get("due_precision"), row.get("due_text"))
    ids = row.get("sources") or ()
    stated = dated(record, ids[0]) if ids else FuzzyDate()
    limits = [day for day in (promised.latest, actual.latest) if day]
    if stated.earliest and any(stated.earliest > day for day in limits):
        stated = FuzzyDate()
    statement = Thing(
        Statement,
        f"{key}:statement:0",
        values={"stated": stated, "promised": promised, "inferred": True, "position": 0, "held_back": False},
        parent="milestone",
    )
    citations(statement, ids[:1] if stated.known() else ids, record=record)
    return statement


def _evidence(key: str, row: dict, actual: FuzzyDate, record: RecordFile) -> Thing:
    """Return the evidence that it was done, citing the row's sources, dated by the first that can have seen it."""
    ids = row.get("sources") or ()
    seen = [dated(record, id) for id in ids]
    since = actual.earliest or actual.latest
    since_then = next((day for day in seen if day.latest and (since is None or day.latest >= since)), FuzzyDate())
    evidence = Thing(
        Evidence,
        f"{key}:evidence:0",
        values={"supports": "met", "dated": since_then, "position": 0, "held_back": False},
        parent="milestone",
    )
    citations(evidence, ids, record=record)
    return evidence


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


def _unsaid(phrase: str, history) -> dict[str, str]:
    """Return {language: text} quoting the row's own words, if no statement of its history contains them."""
    if not phrase or not history or any(phrase in (each.get("text") or "") for each in history):
        return {}
    return {"en": f"Also worded: “{phrase}”.", "zh-hant": f"另一說法：「{phrase}」。"}


def _internal_dates(row: dict, *, is_event: bool) -> list[str]:
    """Return lines of the internal note for dates that have no place in the milestone."""
    keys = ["due_derived", "completed_late"]
    if row.get("history") or is_event:
        keys += ["due", "due_precision"] if row.get("due") else []
    if row["status"] != "completed":
        keys += ["completed", "completed_text"]
    return kept(row, *keys)
