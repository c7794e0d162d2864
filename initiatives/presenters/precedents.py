"""Other initiatives beside this one, and what came of them: it continues, resembles, replaced or led to them."""

from collections import Counter, defaultdict
from datetime import date

from ..narrative.promises import headline_milestone, initiative_sentence
from .milestones import milestone_sort_key, present_milestone
from .money import present_money

# The place of another initiative, by its relation: named by this initiative, or naming this one.
NAMED_PLACES = {"predecessor": "before", "comparable": "like", "superseded_by": "replaced_by"}
NAMING_PLACES = {"predecessor": "after", "comparable": "like", "superseded_by": "replaced"}
PLACE_ORDER = ("before", "like", "replaced_by", "replaced", "after")


def present_precedents(
    root: dict, initiatives: list[dict], children: list[dict], *, on: date
) -> list[tuple[str, list[dict]]]:
    """Return [(one of PLACE_ORDER, [{"initiative", "speaking", "sentence", "counts"}])], the oldest initiatives first.

    initiatives: documents of the others; children: documents of their milestones and their funding. speaking: see
    `headline_milestone`. counts: [(schedule, number of its promises)]. For an initiative that is named but not (or no
    longer) published, only its reference is given: {"initiative"}.
    """
    of = defaultdict(list)
    for each in children:
        of[each["initiative"]["content_id"], each["type"]].append(each)
    groups = defaultdict(list)
    for other in sorted(initiatives, key=_announced_sort_key):
        key = other["content_id"]
        told = _present_precedent(other, of[key, "milestone"], of[key, "funding"], on=on)
        groups[_find_place(root, other)].append(told)
    shown = {each["content_id"] for each in initiatives}
    for reference in root["relations"]:
        if reference["content_id"] not in shown:
            groups[NAMED_PLACES[reference["relation"]]].append({"initiative": reference})
    return [(stands, groups[stands]) for stands in PLACE_ORDER if stands in groups]


def _find_place(root: dict, other: dict) -> str:
    named = {each["relation"] for each in root["relations"] if each["content_id"] == other["content_id"]}
    naming = {each["relation"] for each in other["relations"] if each["content_id"] == root["content_id"]}
    found = {NAMED_PLACES[each] for each in named} | {NAMING_PLACES[each] for each in naming}
    return min(found, key=PLACE_ORDER.index)


def _announced_sort_key(document: dict) -> tuple[str, str]:
    announced = document["announced"] or {}
    return announced.get("earliest") or announced.get("latest") or "9999", document["slug"]


def _present_precedent(initiative: dict, milestones: list[dict], funding: list[dict], *, on: date) -> dict:
    told = [present_milestone(each, on=on) for each in sorted(milestones, key=milestone_sort_key)]
    counts = Counter(each["schedule"] for each in told if each["document"]["kind"] != "event")
    speaker = headline_milestone(told)
    return {
        "initiative": initiative,
        "speaking": speaker,
        "sentence": initiative_sentence(speaker, present_money(funding)),
        "counts": counts.most_common(),
    }
