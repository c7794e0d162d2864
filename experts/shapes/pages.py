"""Page contexts of experts and commentary. Pure: the day is an argument."""

from datetime import date

from initiatives.shapes.sources import numbered

from . import linked


def expert_page(documents: list[dict], *, on: date) -> dict:
    forecasts = sorted(documents[1:], key=lambda each: each["made_on"] or "", reverse=True)
    thing = linked.expert(documents[0])
    return {"expert": documents[0], "thing": thing, "on": on, "forecasts": forecasts, **numbered(documents)}


def commentary_page(documents: list[dict], *, on: date) -> dict:
    thing = linked.commentary(documents[0])
    return {"commentary": documents[0], "thing": thing, "on": on, **numbered(documents)}


PAGES = {
    "expert": ("experts/expert.html", expert_page),
    "commentary": ("experts/commentary.html", commentary_page),
}
