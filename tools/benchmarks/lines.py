"""The lines of the table: what is measured against what, and the goal."""

from collections.abc import Iterator
from dataclasses import dataclass

API = "/api/v1"
DRF_BASELINE = "/drf-baseline/"
PUBLISH = "publish"
READERS = (API, DRF_BASELINE, "/en/")
MAX_GROWTH, MAX_AS_OF_RATIO, MIN_BASELINE_RATIO = 1.3, 2.5, 20


@dataclass(frozen=True)
class Side:
    """An address asked, or PUBLISH, at one size of the record. known: the asker sends the ETag of the answer it has."""

    initiatives: int
    what: str
    known: bool = False


@dataclass(frozen=True)
class Line:
    """The time of `one` divided by the time of `other`. compared: both answers must be equal, field by field."""

    name: str
    one: Side
    other: Side
    most: float | None = None
    least: float | None = None
    compared: bool = False

    def verdict(self, ratio: float) -> str:
        """Tell whether the goal is met, and by how much it is missed."""
        if self.least is not None:
            return "met" if ratio >= self.least else f"MISSED by {1 - ratio / self.least:.0%}"
        if self.most is not None:
            return "met" if ratio <= self.most else f"MISSED by {ratio / self.most - 1:.0%}"
        return ""

    @property
    def goal(self) -> str:
        return f"≥ {self.least}" if self.least is not None else f"≤ {self.most}" if self.most is not None else ""


READS = {
    "list of initiatives": "/initiatives/?page_size=10",
    "initiatives by stage": "/initiatives/?page_size=10&stage=approved",
    "initiatives by lead": "/initiatives/?page_size=10&lead=bureau-2",
    "initiatives by area": "/initiatives/?page_size=10&area=area-2",
    "upcoming milestones": "/milestones/?page_size=10&upcoming=true",
    "milestones by calendar": "/milestones/?page_size=10&schedule=in_window",
    "detail by slug": "/initiatives/initiative-n00002/",
}
PAGES = {
    "page of an initiative": "/en/initiatives/initiative-n00002/",
    "page of upcoming milestones": "/en/milestones/",
    "page of what changed": "/en/changes/",
}
WHOLE = {  # pages that count the whole record
    "front page": "/en/",
    "initiatives with their filters": "/en/initiatives/",
    "track record": "/en/track-record/",
}


def lines(small: int, large: int) -> Iterator[Line]:
    page = f"{API}/initiatives/?page_size=100"
    yield Line(
        "page of 100 initiatives: nested ModelSerializers / the API",
        Side(large, f"{DRF_BASELINE}?page_size=100"),
        Side(large, page),
        least=MIN_BASELINE_RATIO,
        compared=True,
    )
    for name, path in READS.items():
        yield Line(f"{name}: {large:,} / {small:,}", Side(large, API + path), Side(small, API + path), most=MAX_GROWTH)
    for name, path in PAGES.items():
        yield Line(f"{name}: {large:,} / {small:,}", Side(large, path), Side(small, path), most=MAX_GROWTH)
    for name, path in WHOLE.items():
        yield Line(f"{name}: {large:,} / {small:,}", Side(large, path), Side(small, path))
    for name, path in READS.items():
        as_of = f"{API}{path}{'&' if '?' in path else '?'}as_of={{as_of}}"
        yield Line(f"{name}: as_of / live", Side(large, as_of), Side(large, API + path), most=MAX_AS_OF_RATIO)
    yield Line(
        f"publishing 1 of 50: {large:,} / {small:,}", Side(large, PUBLISH), Side(small, PUBLISH), most=MAX_GROWTH
    )
    yield Line("page of 100 initiatives: 304 / 200", Side(large, page, known=True), Side(large, page))
    detail = API + READS["detail by slug"]
    yield Line("detail by slug: 304 / 200", Side(large, detail, known=True), Side(large, detail))
