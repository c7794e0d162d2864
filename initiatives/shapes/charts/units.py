"""Numbers of an indicator in its unit, in the page's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.shapes import wording

MILLIONS = "HKD million"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. words: in the page's language, "" if each number carries it. size: in HKD if it is money, else 0."""

    words: str
    percent: bool = False
    rank: bool = False
    size: int = 0

    def number(self, value: float, qualifier: str = "exactly") -> str:
        """Format a number short, as beside a mark."""
        if self.size:
            return wording.qualified(wording.share_of(value * 10**6, self.size), qualifier)
        return wording.qualified(wording.signed(value) + ("%" if self.percent else ""), qualifier)

    def say(self, value: float, qualifier: str = "exactly") -> str:
        """Format a number in full, as in a sentence."""
        if self.size:
            return wording.qualified(wording.sum_in_words(round(value * 10**6)), qualifier)
        return self.number(value, qualifier)


def unit_of(name: str, values: list[float]) -> Unit:
    if name == "percent":
        return Unit("", percent=True)
    if name == MILLIONS:
        size, words = wording.unit_of_sums(round(max(abs(value) for value in values) * 10**6))
        return Unit(words, size=size)
    return Unit(unit_in_words(name), rank=name.startswith("rank"))


def unit_in_words(name: str) -> str:
    """Return the word for a unit; one without a translation stays as it is in the record."""
    return {
        "percent": _("percent"),
        MILLIONS: _("HKD million"),
        "persons": _("persons"),
        "companies": _("companies"),
        "projects": _("projects"),
        "applications": _("applications"),
        "lines": _("production lines"),
        "laboratories": _("laboratories"),
        "departments": _("departments"),
        "procedures": _("procedures"),
        "petaFLOPS": _("petaFLOPS"),
        "rank (1 is best)": _("rank (1 is best)"),
    }.get(name, name)
