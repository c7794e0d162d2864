"""Page contexts of roots, built from the documents of a root and its children. Pure: the day is an argument."""

from collections import defaultdict
from datetime import date

from ..narrative.promises import headline_milestone, initiative_sentence
from . import jsonld
from .figures import group_vintages
from .milestones import milestone_sort_key, present_milestone
from .money import present_money
from .outcomes import present_outcome
from .quotations import present_quotations
from .review_age import present_freshness
from .sources import number_sources


def present_initiative_page(documents: list[dict], *, on: date) -> dict:
    root, children = documents[0], group_by_type(documents[1:])
    told = [present_milestone(each, on=on) for each in sorted(children["milestone"], key=milestone_sort_key)]
    sums, speaker = present_money(children["funding"]), headline_milestone(told)
    spoken = speaker if speaker and speaker["document"]["kind"] == "promise" else None
    footnotes = _number_footnotes(root, told, children)
    return {
        "initiative": root,
        "thing": jsonld.build_initiative_jsonld(root),
        "on": on,
        "sentence": initiative_sentence(speaker, sums),
        "speaking": spoken,
        "own_words": present_quotations(root, spoken),
        "milestones": told,
        "others": [each for each in told if each is not spoken],
        "promises": sum(each["document"]["kind"] == "promise" for each in told),
        "events": sum(each["document"]["kind"] == "event" for each in told),
        "moves": sum(each["document"]["moves"] for each in told),
        "money": sums,
        "outcomes": [present_outcome(each, on=on) for each in _sort_by_position(children["outcome"])],
        "verdicts": sorted(children["verdict"], key=lambda each: each["rated_on"] or ""),
        "freshness": present_freshness(root, footnotes["sources"], on=on),
        **footnotes,
    }


def _number_footnotes(root: dict, told: list[dict], children: dict[str, list[dict]]) -> dict:
    """Assign footnote numbers to the sources in the order of the page, see `number_sources`."""
    in_order = [root, *(each["document"] for each in told), *_sort_by_position(children["funding"])]
    return number_sources([*in_order, *_sort_by_position(children["outcome"]), *children["verdict"]])


def present_announcement_page(documents: list[dict], *, on: date) -> dict:
    root, children = documents[0], group_by_type(documents[1:])
    return {
        "announcement": root,
        "thing": jsonld.build_announcement_jsonld(root),
        "on": on,
        "figures": _sort_by_position(children["figure"]),
        "vintages": group_vintages(children["figure"]),
        "verdicts": sorted(children["verdict"], key=lambda each: each["rated_on"] or ""),
        **number_sources([root, *_sort_by_position(children["figure"]), *children["verdict"]]),
    }


def present_organisation_page(documents: list[dict], *, on: date) -> dict:
    thing = jsonld.build_organisation_jsonld(documents[0])
    return {"organisation": documents[0], "thing": thing, "on": on, **number_sources(documents)}


def present_person_page(documents: list[dict], *, on: date) -> dict:
    thing = jsonld.build_person_jsonld(documents[0])
    return {"person": documents[0], "thing": thing, "on": on, **number_sources(documents)}


def present_area_page(documents: list[dict], *, on: date) -> dict:
    return {"area": documents[0], "thing": jsonld.build_area_jsonld(documents[0]), "on": on}


def present_context_page(documents: list[dict], *, on: date) -> dict:
    return {
        "fact": documents[0],
        "thing": jsonld.build_context_jsonld(documents[0]),
        "on": on,
        **number_sources(documents),
    }


PAGE_PRESENTERS = {
    "initiative": ("initiatives/initiative.html", present_initiative_page),
    "announcement": ("initiatives/announcement.html", present_announcement_page),
    "organisation": ("initiatives/organisation.html", present_organisation_page),
    "person": ("initiatives/person.html", present_person_page),
    "area": ("initiatives/area.html", present_area_page),
    "context": ("initiatives/context.html", present_context_page),
}


def group_by_type(documents: list[dict]) -> defaultdict[str, list[dict]]:
    found = defaultdict(list)
    for document in documents:
        found[document["type"]].append(document)
    return found


def _sort_by_position(documents: list[dict]) -> list[dict]:
    return sorted(documents, key=lambda each: each["position"])
