"""Two sides run in turns, so that whatever else the machine does meets both alike."""

import json
from dataclasses import dataclass
from statistics import median
from time import monotonic

from .comparing import differences, fields
from .lines import Line
from .workers import in_a_process, workers

WARM_UP_ROUNDS = 3
MIN_ROUNDS = 7
MAX_SECONDS_PER_LINE = 60  # for one line, once it has MIN_ROUNDS


@dataclass(frozen=True)
class Figures:
    """Of one side: median milliseconds, queries of a run, peak memory of its process in megabytes."""

    milliseconds: float
    queries: int
    megabytes: float


@dataclass(frozen=True)
class Measured:
    line: Line
    one: Figures
    other: Figures
    rounds: int
    compared: int  # fields that were equal on both sides

    @property
    def ratio(self) -> float:
        return self.one.milliseconds / self.other.milliseconds


class Different(Exception):
    """Two answers that must be equal are not."""


def measured(line: Line, databases, *, rounds: int) -> Measured:
    sides = [(databases.url(side.initiatives), side) for side in (line.one, line.other)]
    with workers(*sides) as pair:
        for worker in pair * WARM_UP_ROUNDS:
            worker.run()
        samples, until = [], monotonic() + MAX_SECONDS_PER_LINE
        while len(samples) < rounds and (len(samples) < MIN_ROUNDS or monotonic() < until):
            samples.append([worker.run() for worker in pair])
        figures = [
            Figures(median(seconds for seconds, _ in side) * 1000, side[-1][1], worker.peak_megabytes())
            for worker, side in zip(pair, zip(*samples, strict=True), strict=True)
        ]
        compared = in_a_process(_compared, *(worker.body() for worker in pair)) if line.compared else 0
    return Measured(line, *figures, rounds=len(samples), compared=compared)


def _compared(one: bytes, other: bytes) -> int:
    """Count how many fields were equal. Raise Different where one was not; addresses of pages beside are no fields."""
    left, right = (json.loads(body)["results"] for body in (one, other))
    if found := differences(left, right):
        raise Different(f"{len(found)} fields differ: {', '.join(found[:10])}")
    return sum(1 for _ in fields(left))
