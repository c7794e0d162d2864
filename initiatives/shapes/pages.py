"""Page contexts of roots, built from the documents of a root and its children. Pure: the day is an argument."""

from collections import defaultdict
from datetime import date

from . import linked
from .figures import vintages
from .freshness import freshness
from .milestones import in_time, milestone
from .money import money
from .outcomes import outcome
from .own_words import own_words
from .sentences import initiative_sentence, speaking
from .sources import numbered


def initiative_page(documents: list[dict], *, on: date) -> dict:
    root, children = documents[0], by_type(documents[1:])
    told = [milestone(each, on=on) for each in sorted(children["milestone"], key=in_time)]
    sums, speaker = money(children["funding"]), speaking(told)
    spoken = speaker if speaker and speaker["document"]["kind"] == "promise" else None
    footnotes = _footnotes(root, told, children)
    return {
        "initiative": root,
        "thing": linked.initiative(root),
        "on": on,
        "sentence": initiative_sentence(speaker, sums),
        "speaking": spoken,
        "own_words": own_words(root, spoken),
        "milestones": told,
        "others": [each for each in told if each is not spoken],
        "promises": sum(each["document"]["kind"] == "promise" for each in told),
        "events": sum(each["document"]["kind"] == "event" for each in told),
        "moves": sum(each["document"]["moves"] for each in told),
        "money": sums,
        "outcomes": [outcome(each, on=on) for each in _placed(children["outcome"])],
        "verdicts": sorted(children["verdict"], key=lambda each: each["rated_on"] or ""),
        "freshness": freshness(root, footnotes["sources"], on=on),
        **footnotes,
    }


def _footnotes(root: dict, told: list[dict], children: dict[str, list[dict]]) -> dict:
    """Assign footnote numbers to the sources in the order of the page, see `number_sources`."""
    in_order = [root, *(each["document"] for each in told), *_placed(children["funding"])]
    return numbered([*in_order, *_placed(children["outcome"]), *children["verdict"]])


def announcement_page(documents: list[dict], *, on: date) -> dict:
    root, children = documents[0], by_type(documents[1:])
    return {
        "announcement": root,
        "thing": linked.announcement(root),
        "on": on,
        "figures": _placed(children["figure"]),
        "vintages": vintages(children["figure"]),
        "verdicts": sorted(children["verdict"], key=lambda each: each["rated_on"] or ""),
        **numbered([root, *_placed(children["figure"]), *children["verdict"]]),
    }


def organisation_page(documents: list[dict], *, on: date) -> dict:
    thing = linked.organisation(documents[0])
    return {"organisation": documents[0], "thing": thing, "on": on, **numbered(documents)}


def person_page(documents: list[dict], *, on: date) -> dict:
    thing = linked.person(documents[0])
    return {"person": documents[0], "thing": thing, "on": on, **numbered(documents)}


def area_page(documents: list[dict], *, on: date) -> dict:
    return {"area": documents[0], "thing": linked.area(documents[0]), "on": on}


def context_page(documents: list[dict], *, on: date) -> dict:
    return {"fact": documents[0], "thing": linked.context(documents[0]), "on": on, **numbered(documents)}


PAGES = {
    "initiative": ("initiatives/initiative.html", initiative_page),
    "announcement": ("initiatives/announcement.html", announcement_page),
    "organisation": ("initiatives/organisation.html", organisation_page),
    "person": ("initiatives/person.html", person_page),
    "area": ("initiatives/area.html", area_page),
    "context": ("initiatives/context.html", context_page),
}


def by_type(documents: list[dict]) -> defaultdict[str, list[dict]]:
    found = defaultdict(list)
    for document in documents:
        found[document["type"]].append(document)
    return found


def _placed(documents: list[dict]) -> list[dict]:
    return sorted(documents, key=lambda each: each["position"])
