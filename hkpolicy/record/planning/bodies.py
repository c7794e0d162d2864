"""Plans sources, organisations, people and policy areas."""

from experts.models import Affiliation, Expert
from initiatives.models import Organisation, Person, PolicyArea, Post, Source
from publishing.dates import FuzzyDate

from .. import shape, words
from ..reading import RecordFile
from ..vocabulary import LANGUAGE, OFFICIAL_KINDS, ORGANISATION_VOICE
from .things import Row, Thing, citations, kept, lines, said, text, texts


def unknown(section: str, row: dict) -> list[str]:
    """Return the lines of the internal note for keys that the format does not know."""
    return [f"{key}: {said(value)}" for key, value in shape.unknown_keys(shape.SHAPES[section], row).items()]


def sources(record: RecordFile):
    for row in record.rows("sources"):
        url = row.get("url") or ""
        is_address = url.startswith(("http://", "https://"))
        thing = Thing(
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
            note=[*kept(row, "access", "note"), *unknown("sources", row)],
        )
        if url and not is_address:
            thing.note.append(f"url: {url}")
        yield Row("sources", row["id"], row, thing)


def organisations(record: RecordFile):
    rows = {row["id"]: row for row in record.rows("organisations")}
    for row in parents_first(rows, "parent"):
        thing = Thing(
            Organisation,
            f"organisations:{row['id']}",
            values={
                **texts("name", row, "name"),
                **text("summary", row.get("role")),
                **_ultimate_parent(row),
                "slug": row["id"],
                "kind": row.get("kind") or "",
                "aliases": lines(row.get("abbreviation")),
                "former_names": lines(row.get("former_name"), row.get("formed_from")),
                "founded": FuzzyDate.parse(row.get("established_on")),
                "checked": row["verified"] != "recall",
            },
            refs={"parent": row.get("parent") and ("organisations", row["parent"])},
            held_names=held_names("name", row),
            note=[*kept(row, "note"), *unknown("organisations", row)],
        )
        citations(thing, row.get("sources") or (), record=record)
        yield _root("organisations", row, thing)


def people(record: RecordFile):
    """Yield each person; one who does not speak for the government is also an expert, in a row of its own."""
    named = {row["expert"] for row in record.rows("commentary")}
    for row in record.rows("people"):
        if row["kind"] == ORGANISATION_VOICE:
            yield _root("people", row, _expert(row, voice=True), root="experts")
            continue
        yield _root("people", row, _person(row, record))
        if row["kind"] not in OFFICIAL_KINDS or row["id"] in named:
            yield _root("experts", row, _expert(row, voice=False))
    here = {row["id"] for row in record.rows("people")}
    for id in sorted(named - here):  # an official imported earlier, who may not have been an expert then
        row = record.find("people", id)
        if row and row["kind"] in OFFICIAL_KINDS:
            yield _root("experts", row, _expert(row, voice=False))


def areas(record: RecordFile, names: dict[str, dict]):
    """Yield an area for each slug that the initiatives name.

    It is a draft if only drafts name it, so that it reveals nothing of them.
    """
    naming = [row for row in record.rows("initiatives") if row.get("area")]
    public = {row["area"] for row in naming if row["verified"] == "seen"}
    for slug in dict.fromkeys(row["area"] for row in naming):
        name = names.get(slug, {})
        values = {"slug": slug, "title_en": name.get("en") or words.area_title(slug)}
        if name.get("zh-hant"):
            values["title_zh_hant"] = name["zh-hant"]
        raw = {key: value for key, value in values.items() if key != "slug"}
        thing = Thing(PolicyArea, f"areas:{slug}", values=values)
        yield Row("areas", slug, raw, thing, root=("areas", slug), draft=slug not in public)


def _person(row: dict, record: RecordFile) -> Thing:
    person = Thing(
        Person,
        f"people:{row['id']}",
        values={
            **texts("name", row, "name"),
            "slug": row["id"],
            "honorific": row.get("title") or "",
            "kind": row["kind"],
            "checked": row["verified"] != "recall",
        },
        held_names=held_names("name", row),
        note=[*kept(row, "note"), *unknown("people", row)],
    )
    if row["kind"] in OFFICIAL_KINDS and row.get("role"):
        person.parts.append(_office(Post, row, person.key, parent="person"))
    citations(person, row.get("sources") or (), record=record)
    return person


def _expert(row: dict, *, voice: bool) -> Thing:
    affiliation = row.get("affiliation") and ("organisations", row["affiliation"])
    expert = Thing(
        Expert,
        f"experts:{row['id']}",
        values={
            **texts("name", row, "name"),
            "slug": row["id"],
            "unverified": row["verified"] == "article" or row.get("traceable") is False,
        },
        refs={
            "person": None if voice else ("people", row["id"]),
            "organisation": affiliation if voice else None,
        },
        held_names=held_names("name", row),
        note=[*kept(row, "kind", "title", "note"), *unknown("people", row)] if voice else [],
    )
    if row["kind"] not in OFFICIAL_KINDS and (row.get("role") or affiliation):
        expert.parts.append(_office(Affiliation, row, expert.key, parent="expert"))
    return expert


def _office(model, row: dict, key: str, *, parent: str) -> Thing:
    """Return the office a person holds; held back if its words, or the years in them, are from memory."""
    return Thing(
        model,
        f"{key}:office:0",
        values={
            **text("title", row.get("role")),
            "held_back": words.recalled(row.get("note")).role,
            "position": 0,
        },
        refs={"organisation": row.get("affiliation") and ("organisations", row["affiliation"])},
        parent=parent,
    )


def _root(section: str, row: dict, thing: Thing, *, root: str = "") -> Row:
    draft = row["verified"] == "recall"
    return Row(section, row["id"], row, thing, root=(root or section, row["id"]), draft=draft)


def held_names(name: str, row: dict) -> tuple:
    """Return (name, language) of each given language of a name that the row's note calls recall."""
    given = texts(name, row, name)
    recalled = words.recalled(row.get("note")).languages
    return tuple((name, language) for language in sorted(recalled) if f"{name}_{language.replace('-', '_')}" in given)


def _ultimate_parent(row: dict) -> dict:
    name = row.get("ultimate_parent_zh")
    return {"summary_zh_hant": f"最終母公司：{name}"} if name else {}


def parents_first(rows: dict[str, dict], key: str):
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
