"""Page contexts of experts and commentary. Pure: the day is an argument."""

from datetime import date

from initiatives.presenters.sources import number_sources

from . import jsonld


def present_expert_page(documents: list[dict], *, on: date) -> dict:
    forecasts = sorted(documents[1:], key=lambda each: each["made_on"] or "", reverse=True)
    thing = jsonld.build_expert_jsonld(documents[0])
    return {"expert": documents[0], "thing": thing, "on": on, "forecasts": forecasts, **number_sources(documents)}


def present_commentary_page(documents: list[dict], *, on: date) -> dict:
    thing = jsonld.build_commentary_jsonld(documents[0])
    return {"commentary": documents[0], "thing": thing, "on": on, **number_sources(documents)}


PAGE_PRESENTERS = {
    "expert": ("experts/expert.html", present_expert_page),
    "commentary": ("experts/commentary.html", present_commentary_page),
}
