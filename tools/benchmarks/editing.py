"""What editors ask of the newsroom: every list, search and autocomplete, the largest forms and their saving."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from .databases import django_at
from .lines import Side

OWN = "initiatives/"
ROOTS = ("initiative", "announcement", "organisation", "person", "policyarea", "context")
PARTS = (
    "milestone",
    "outcome",
    "funding",
    "verdict",
    "figure",
    "statement",
    "evidence",
    "target",
    "observation",
    "source",
)
LISTS = (
    *(OWN + each for each in ROOTS + PARTS),
    *("experts/expert", "experts/commentary", "experts/forecast"),
    *("newsroom/page", "record/publication", "newsroom/schedule"),
    *("notifications/reminder", "notifications/reminderrule", "auth/user", "auth/group"),
)
LARGE_LISTS = ("initiative", "milestone", "statement", "source")
WORDS = {
    "in every title": "intelligence",
    "in every title, two characters": "智能",
    "in one title": "n00042",
    "nowhere, two characters": "滑雪",
}
CHOICES = {  # what is offered: the field that asks
    "initiative": "milestone.initiative",
    "milestone": "statement.milestone",
    "organisation": "statement.organisation",
    "person": "statement.person",
    "source": "citation.source",
}
OFFERED = {
    "organisation": {"n00001": "in a copy", "第1局": "Chinese", "局": "one character"},
    "person": {"n00001": "in a copy", "局長": "two characters"},
    "source": {"Paper 49": "two words", "n00001": "in a copy", "來源": "two characters"},
}
FORMS = {
    "an initiative with 100 milestones and 100 statements": "initiatives.initiative initiative-n99998",
    "an initiative with 50 milestones": "initiatives.initiative initiative-n99999",
    "an announcement with 100 figures": "initiatives.announcement budget-with-many-figures",
}
MAX_MILLISECONDS = 200
HEADER = ("what", "ms", "queries", "ratio", "goal", "")


@dataclass(frozen=True)
class Times:
    """Of one thing asked again and again: median milliseconds, queries of the last time."""

    milliseconds: float
    queries: int


def asked() -> Iterator[tuple[str, str, str]]:
    """Yield (name, what a Side asks, goal)."""
    for each in LISTS:
        yield f"list: {each.split('/')[1]}", f"/admin/{each}/", ""
    for each in LARGE_LISTS:
        yield f"list: {each}, last page", f"/admin/{OWN}{each}/?p={{last}}", ""
        for where, word in WORDS.items():
            yield f"list: {each}, a word {where}", f"/admin/{OWN}{each}/?q={word}", ""
    for each, field in CHOICES.items():
        model, name = field.split(".")
        path = f"/admin/autocomplete/?app_label=initiatives&model_name={model}&field_name={name}&term="
        words = OFFERED.get(each) or {word: where for where, word in WORDS.items()}
        yield f"autocomplete: {each}, nothing typed", path, f"< {MAX_MILLISECONDS} ms"
        for word, where in words.items():
            yield f"autocomplete: {each}, {where}", path + word, f"< {MAX_MILLISECONDS} ms"
    for name, what in FORMS.items():
        yield f"form: {name}", f"form {what}", "< 100 queries"
        yield f"saving: {name}", f"save {what}", ""


def row(name: str, goal: str, one: Times, other: Times) -> tuple[str, ...]:
    met = {
        "": True,
        f"< {MAX_MILLISECONDS} ms": one.milliseconds < MAX_MILLISECONDS,
        "< 100 queries": one.queries < 100,
    }[goal]
    return (
        name,
        f"{one.milliseconds:.0f} / {other.milliseconds:.0f}",
        f"{one.queries} / {other.queries}",
        f"{one.milliseconds / other.milliseconds:.2f}",
        goal,
        "" if not goal else "met" if met else "MISSED",
    )


def timed(url: str, asked: list[str], rounds: int) -> list[Times]:
    """Time it in a process of its own."""
    django_at(url)
    from .subjects import prepared

    return [_timed(prepared(Side(0, what)), rounds) for what in asked]


def _timed(run: Callable, rounds: int) -> Times:
    run()
    samples = [run() for _ in range(rounds)]
    return Times(median(sample.seconds for sample in samples) * 1000, samples[-1].queries)
