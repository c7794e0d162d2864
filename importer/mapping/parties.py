"""Plans sources, organisations, people and policy areas."""

from experts.models import Affiliation, Expert
from initiatives.models import Organisation, Person, PolicyArea, Post, Source
from record.dates import FuzzyDate

from .. import note_parsing, schema
from ..mappings import LANGUAGE, OFFICIAL_KINDS, ORGANISATION_VOICE
from ..parser import DataFile
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


def unknown_key_lines(section: str, row: dict) -> list[str]:
    """Return the lines of the internal note for keys that the format does not know."""
    return [
        f"{key}: {format_note_value(value)}"
        for key, value in schema.find_unknown_keys(schema.SECTION_SCHEMAS[section], row).items()
    ]


def plan_sources(record: DataFile):
    for row in record.rows("sources"):
        url = row.get("url") or ""
        is_address = url.startswith(("http://", "https://"))
        thing = PlannedObject(
            Source,
            f"sources:{row['id']}",
            values={
                "url": url if is_address else "",
                "title": row["title"].strip(),
                "publisher": (row.get("publisher") or "").strip(),
                "tier": row["tier"],
                "language": LANGUAGE[row.get("lang") or "en"],
                "published": FuzzyDate.parse(row.get("date")),
            },
            note=[*note_lines(row, "access", "note"), *unknown_key_lines("sources", row)],
        )
        if url and not is_address:
            thing.note.append(f"url: {url}")
        yield PlannedRow("sources", row["id"], row, thing)


def plan_organisations(record: DataFile):
    rows = {row["id"]: row for row in record.rows("organisations")}
    for row in sort_parents_first(rows, "parent"):
        thing = PlannedObject(
            Organisation,
            f"organisations:{row['id']}",
            values={
                **collect_text_columns("name", row, "name"),
                **detect_text_column("summary", row.get("role")),
                **_ultimate_parent_summary(row),
                "slug": row["id"],
                "kind": row.get("kind") or "",
                "aliases": join_lines(row.get("abbreviation")),
                "former_names": join_lines(row.get("former_name"), row.get("formed_from")),
                "founded": FuzzyDate.parse(row.get("established_on")),
                "checked": row["verified"] != "recall",
            },
            refs={"parent": row.get("parent") and ("organisations", row["parent"])},
            held_names=find_held_names("name", row),
            note=[*note_lines(row, "note"), *unknown_key_lines("organisations", row)],
        )
        add_citations(thing, row.get("sources") or (), record=record)
        yield _plan_root("organisations", row, thing)


def plan_people(record: DataFile):
    """Yield each person; one who does not speak for the government is also an expert, in a row of its own."""
    named = {row["expert"] for row in record.rows("commentary")}
    for row in record.rows("people"):
        if row["kind"] == ORGANISATION_VOICE:
            yield _plan_root("people", row, _plan_expert(row, voice=True), root="experts")
            continue
        yield _plan_root("people", row, _plan_person(row, record))
        if row["kind"] not in OFFICIAL_KINDS or row["id"] in named:
            yield _plan_root("experts", row, _plan_expert(row, voice=False))
    here = {row["id"] for row in record.rows("people")}
    for id in sorted(named - here):  # an official imported earlier, who may not have been an expert then
        row = record.find("people", id)
        if row and row["kind"] in OFFICIAL_KINDS:
            yield _plan_root("experts", row, _plan_expert(row, voice=False))


def plan_areas(record: DataFile, names: dict[str, dict]):
    """Yield an area for each slug that the initiatives name.

    It is a draft if only drafts name it, so that it reveals nothing of them.
    """
    naming = [row for row in record.rows("initiatives") if row.get("area")]
    public = {row["area"] for row in naming if row["verified"] == "seen"}
    for slug in dict.fromkeys(row["area"] for row in naming):
        name = names.get(slug, {})
        values = {"slug": slug, "title_en": name.get("en") or note_parsing.make_area_title(slug)}
        if name.get("zh-hant"):
            values["title_zh_hant"] = name["zh-hant"]
        raw = {key: value for key, value in values.items() if key != "slug"}
        thing = PlannedObject(PolicyArea, f"areas:{slug}", values=values)
        yield PlannedRow("areas", slug, raw, thing, root=("areas", slug), draft=slug not in public)


def _plan_person(row: dict, record: DataFile) -> PlannedObject:
    person = PlannedObject(
        Person,
        f"people:{row['id']}",
        values={
            **collect_text_columns("name", row, "name"),
            "slug": row["id"],
            "honorific": row.get("title") or "",
            "kind": row["kind"],
            "checked": row["verified"] != "recall",
        },
        held_names=find_held_names("name", row),
        note=[*note_lines(row, "note"), *unknown_key_lines("people", row)],
    )
    if row["kind"] in OFFICIAL_KINDS and row.get("role"):
        person.parts.append(_plan_office(Post, row, person.key, parent="person"))
    add_citations(person, row.get("sources") or (), record=record)
    return person


def _plan_expert(row: dict, *, voice: bool) -> PlannedObject:
    affiliation = row.get("affiliation") and ("organisations", row["affiliation"])
    expert = PlannedObject(
        Expert,
        f"experts:{row['id']}",
        values={
            **collect_text_columns("name", row, "name"),
            "slug": row["id"],
            "unverified": row["verified"] == "article" or row.get("traceable") is False,
        },
        refs={
            "person": None if voice else ("people", row["id"]),
            "organisation": affiliation if voice else None,
        },
        held_names=find_held_names("name", row),
        note=[*note_lines(row, "kind", "title", "note"), *unknown_key_lines("people", row)] if voice else [],
    )
    if row["kind"] not in OFFICIAL_KINDS and (row.get("role") or affiliation):
        expert.parts.append(_plan_office(Affiliation, row, expert.key, parent="expert"))
    return expert


def _plan_office(model, row: dict, key: str, *, parent: str) -> PlannedObject:
    """Return the office a person holds; held back if its words, or the years in them, are from memory."""
    return PlannedObject(
        model,
        f"{key}:office:0",
        values={
            **detect_text_column("title", row.get("role")),
            "held_back": note_parsing.parse_from_memory(row.get("note")).role,
            "position": 0,
        },
        refs={"organisation": row.get("affiliation") and ("organisations", row["affiliation"])},
        parent=parent,
    )


def _plan_root(section: str, row: dict, thing: PlannedObject, *, root: str = "") -> PlannedRow:
    draft = row["verified"] == "recall"
    return PlannedRow(section, row["id"], row, thing, root=(root or section, row["id"]), draft=draft)


def find_held_names(name: str, row: dict) -> tuple:
    """Return (name, language) of each given language of a name that the row's note calls recall."""
    given = collect_text_columns(name, row, name)
    recalled = note_parsing.parse_from_memory(row.get("note")).languages
    return tuple((name, language) for language in sorted(recalled) if f"{name}_{language.replace('-', '_')}" in given)


def _ultimate_parent_summary(row: dict) -> dict:
    name = row.get("ultimate_parent_zh")
    return {"summary_zh_hant": f"最終母公司：{name}"} if name else {}


def sort_parents_first(rows: dict[str, dict], key: str):
    """Yield rows in the file's order, but each after the row it belongs to. The file was checked for circles."""
    done = set()

    def take(row):
        if row["id"] in done:
            return
        done.add(row["id"])
        if row.get(key) in rows:
            yield from take(rows[row[key]])
        yield row

    for row in rows.values():
        yield from take(row)
