"""Numbers of an indicator in its unit, in the page's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from record import formatting

HKD_MILLION = "HKD million"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. words: in the page's language, "" if each number carries it. size: in HKD if it is money, else 0."""

    words: str
    percent: bool = False
    rank: bool = False
    size: int = 0

    def format_short(self, value: float, qualifier: str = "exactly") -> str:
        """Format a number short, as beside a mark."""
        if self.size:
            return formatting.add_qualifier(formatting.format_in_hkd_unit(value * 10**6, self.size), qualifier)
        return formatting.add_qualifier(formatting.format_signed(value) + ("%" if self.percent else ""), qualifier)

    def format_long(self, value: float, qualifier: str = "exactly") -> str:
        """Format a number in full, as in a sentence."""
        if self.size:
            return formatting.add_qualifier(formatting.format_hkd(round(value * 10**6)), qualifier)
        return self.format_short(value, qualifier)


def build_unit(name: str, values: list[float]) -> Unit:
    if name == "percent":
        return Unit("", percent=True)
    if name == HKD_MILLION:
        size, words = formatting.get_hkd_unit(round(max(abs(value) for value in values) * 10**6))
        return Unit(words, size=size)
    return Unit(format_unit(name), rank=name.startswith("rank"))


def format_unit(name: str) -> str:
    """Return the word for a unit; one without a translation stays as it is in the record."""
    return {
        "percent": _("percent"),
        HKD_MILLION: _("HKD million"),
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
