"""Working rows to measure with: initiatives with everything that belongs to them, all citing shared sources.

What differs between two initiatives is told by marks that a search-and-replace finds, so that `filling` can make
thousands out of a hundred: each content_id begins with the initiative's number, each name contains its word.
"""

from collections import defaultdict
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from django.contrib.auth import get_user_model

from initiatives.models import (
    Announcement,
    Citation,
    Evidence,
    Funding,
    Initiative,
    InitiativeRelation,
    Milestone,
    Observation,
    Organisation,
    Outcome,
    Person,
    PolicyArea,
    Source,
    Statement,
    Target,
    Verdict,
)
from record import languages
from record.dates import FuzzyDate

EDITOR = "bench-one"  # who publishes
SHARED = 0xFFFFFFFF  # the number in the content_ids of what all initiatives name
WITH_MANY_MILESTONES = 99_999  # the number of the initiative that publishing is measured with
STAGES = ("announced", "planned", "approved", "in_progress", "operating")
ACTORS_PER_KIND = 5  # organisations, people, areas and announcements, each
LATEST = "editionlatest"  # stands in every text that `filling` makes the earlier editions of


def word(number: int) -> str:
    """Return what stands for the number of an initiative in its texts: one token for search."""
    return f"n{number:05}"


class Batch:
    """Rows that are saved together, in the order in which their kinds were first added; what is pointed at first."""

    def __init__(self, number: int):
        self.number = number
        self._counter = count()
        self._rows = defaultdict(list)
        self._citations = []

    def add(self, model, *, cites: Source | None = None, wave: int = 0, **columns):
        """Add a row, not saved yet. wave: rows that point at others of their own model belong to a later one."""
        row = model(content_id=self._content_id(), **columns)
        languages.update_text_states(row) if hasattr(row, "texts") else None
        self._rows[model, wave].append(row)
        if cites:
            self._citations.append((row, cites))
        return row

    def save(self) -> None:
        for (model, _wave), rows in self._rows.items():
            model.objects.bulk_create(rows, batch_size=500)
        Citation.objects.bulk_create([self._citation(row, source) for row, source in self._citations], batch_size=500)

    def _content_id(self) -> UUID:
        return UUID(f"{self.number:08x}-be9c-4000-8000-{next(self._counter):012x}")

    def _citation(self, row, source: Source) -> Citation:
        return Citation(
            content_id=self._content_id(), cited=row, source=source, locator="¶39", quote="in the second half of 2026"
        )


class Shared(Batch):
    """What initiatives name and cite."""

    def __init__(self, today: date):
        super().__init__(SHARED)
        self.editor, self.checker = (
            get_user_model().objects.create(username=name, is_superuser=True) for name in (EDITOR, "bench-two")
        )
        self.sources = [self._source(number) for number in range(50)]
        for number in range(0, 50, 2):
            self.add(
                Source, wave=1, title=f"來源 {number}", language="zh-hant", translation_of=self.sources[number], tier=1
            )
        cited = {"cites": self.sources[0]}
        self.organisations = [
            self.add(Organisation, slug=f"bureau-{n}", name_en=f"Bureau {n}", name_zh_hant=f"第{n}局", **cited)
            for n in range(ACTORS_PER_KIND)
        ]
        self.people = [
            self.add(Person, slug=f"person-{n}", name_en=f"Secretary {n}", name_zh_hant=f"第{n}局長", **cited)
            for n in range(ACTORS_PER_KIND)
        ]
        self.areas = [
            self.add(PolicyArea, slug=f"area-{n}", title_en=f"Area {n}", title_zh_hant=f"範疇{n}")
            for n in range(ACTORS_PER_KIND)
        ]
        self.announcements = [
            self.add(
                Announcement,
                slug=f"budget-{n}",
                title_en=f"Budget {n}",
                delivered_on=today - timedelta(days=365 * n),
                **cited,
            )
            for n in range(ACTORS_PER_KIND)
        ]
        self.save()

    def _source(self, number: int) -> Source:
        return self.add(
            Source,
            url=f"https://example.org/papers/{number}",
            title=f"Paper {number} for the panel on information technology",
            publisher="Innovation, Technology and Industry Bureau",
            tier=1,
            published=FuzzyDate.from_day(date(2025, 2, 26)),
            accessed_on=date(2026, 1, 31),
        )

    def roots(self):
        """Yield (type, rows) of what is published before any initiative."""
        yield from zip(
            ("organisation", "person", "area", "announcement"),
            (self.organisations, self.people, self.areas, self.announcements),
            strict=True,
        )


class InitiativeBatch(Batch):
    """One initiative with milestones of three statements each, outcomes, funding, a verdict."""

    def __init__(self, number: int, shared: Shared, *, today: date, milestones: int = 10):
        super().__init__(number)
        self.shared, self.today = shared, today
        self.row = self._initiative()
        for position in range(milestones):
            self._milestone(position)
        self._statement(0, None, initiative=self.row)
        self._outcome()
        self._funding()
        self._verdict()

    def _one_of(self, rows: list, shift: int = 0):
        return rows[(self.number + shift) % len(rows)]

    def _texts(self, name: str, *, title: str = "title") -> dict:
        return {
            f"{title}_en": f"{name} of the initiative {word(self.number)} for artificial intelligence",
            f"{title}_zh_hant": f"{word(self.number)} 人工智能產業國際交流合作樞紐的措施",
        }

    def _summary(self, name: str) -> dict:
        return {
            f"{name}_en": "Upstream research, midstream transformation and downstream application of results are to be "
            f"brought together under one roof, says the {LATEST}.",
            f"{name}_zh_hant": "促進人工智能的上游研發、中下游成果轉化，以及開拓應用場景。",
        }

    def _initiative(self) -> Initiative:
        shared, number = self.shared, self.number
        return self.add(
            Initiative,
            slug=f"initiative-{word(number)}",
            aliases=f"{word(number)} hub",
            stage=STAGES[number % len(STAGES)],
            lead=self._one_of(shared.organisations),
            announced=FuzzyDate.from_day(date(2020, 1, 1) + timedelta(days=number * 20 % 2200)),
            announced_in=self._one_of(shared.announcements),
            cites=self._one_of(shared.sources),
            **self._texts("Title"),
            **self._summary("summary"),
            **self._summary("body"),
        )

    def _milestone(self, position: int) -> None:
        result, due, precision = self._fate(position)
        over = result != "scheduled"
        checked = {"result_set_by": self.shared.editor, "checked_by": self.shared.checker} if over else {}
        actual = FuzzyDate.from_day(due + timedelta(days=20)) if result == "met" else FuzzyDate()
        row = self.add(
            Milestone,
            initiative=self.row,
            result=result,
            actual=actual,
            position=position,
            **checked,
            **self._texts(f"Milestone {position}"),
            **self._summary("summary"),
            **self._summary("note"),
        )
        for at, window in enumerate(_promises(due, precision)):
            self._statement(at, window, milestone=row)
        if over:
            self.add(
                Evidence,
                milestone=row,
                supports=result,
                dated=FuzzyDate.from_day(due + timedelta(days=20)),
                cites=self._one_of(self.shared.sources, position),
                **self._summary("summary"),
            )

    def _fate(self, position: int) -> tuple[str, date, str]:
        """Return (result, end of the promised window, precision): of ten, three over, two late, five to come."""
        spread = self.number * 17 + position * 41
        past, to_come = (self.today - timedelta(days=70 + spread % 900), self.today + timedelta(days=spread % 1500))
        match position % 10:
            case 0 | 1:
                return "met", past, "month"
            case 2:
                return "not_met", past, "month"
            case 3 | 4:
                return "scheduled", past, "quarter"
        return "scheduled", to_come, "half"

    def _statement(self, at: int, window: FuzzyDate | None, **subject) -> None:
        actor = ("person", self.shared.people) if at % 2 else ("organisation", self.shared.organisations)
        self.add(
            Statement,
            **subject,
            **{actor[0]: self._one_of(actor[1])},
            stated=FuzzyDate.from_day(date(2022 + at, 2, 26)),
            claim=("planned", "on_schedule", "in_progress")[at],
            promised=window or FuzzyDate(),
            position=at,
            cites=self._one_of(self.shared.sources, at),
        )

    def _outcome(self) -> None:
        outcome = self.add(
            Outcome,
            initiative=self.row,
            unit="projects",
            baseline_value=3,
            baseline=FuzzyDate.from_year(2024),
            cites=self._one_of(self.shared.sources),
            **self._texts("Outcome"),
            **self._summary("summary"),
        )
        self.target = self.add(
            Target,
            outcome=outcome,
            kind="kpi",
            value=100,
            due_on=date(2030, 3, 31),
            set_by="the Bureau",
            cites=self._one_of(self.shared.sources),
        )
        for position, value in enumerate((12, 20.5)):
            self.add(
                Observation,
                outcome=outcome,
                observed=FuzzyDate.from_year(2024 + position),
                value=value,
                position=position,
                cites=self._one_of(self.shared.sources, position),
                **self._summary("note"),
            )

    def _funding(self) -> None:
        whole = None
        for position, stage in enumerate(("earmarked", "appropriated", "earmarked")):
            row = self.add(
                Funding,
                wave=int(position == 2),
                initiative=self.row,
                stage=stage,
                amount_hkd=(1_000_000_000 - self.number * 1000) // (position + 1),
                part_of=whole if position == 2 else None,
                announcement=self._one_of(self.shared.announcements),
                dated=FuzzyDate.from_day(date(2025, 2, 26)),
                fiscal_year="2025-26",
                position=position,
                cites=self._one_of(self.shared.sources),
                **self._texts("Costs"),
                **self._summary("note"),
            )
            whole = whole or row

    def _verdict(self) -> None:
        self.add(
            Verdict,
            initiative=self.row,
            target=self.target,
            rating="on_track",
            rated_by="other_monitor",
            monitor=self._one_of(self.shared.organisations, 1),
            rated_on=date(2026, 1, 15),
            cites=self._one_of(self.shared.sources),
            **self._summary("reasons"),
        )

    def relate(self, other: Initiative) -> None:
        """Name others: after all of them were saved."""
        self.row.partners.set([self._one_of(self.shared.organisations, 1), self._one_of(self.shared.organisations, 2)])
        self.row.areas.set([self._one_of(self.shared.areas)])
        InitiativeRelation.objects.create(
            content_id=self._content_id(), initiative=self.row, relation="predecessor", other=other
        )


def _promises(due: date, precision: str) -> list[FuzzyDate | None]:
    """Return what three statements promise: a day, another day one year later, and nothing."""
    earlier = due - timedelta(days=365)
    return [FuzzyDate.ending_on(day, precision, phrase=f"by {day:%B %Y}") for day in (earlier, due)] + [None]


def create_newsroom(initiatives: int, *, today: date) -> tuple[Shared, list[Initiative]]:
    """Working rows of this many initiatives, numbered from 0. today: dates lie around it."""
    shared = Shared(today)
    batches = [InitiativeBatch(number, shared, today=today) for number in range(initiatives)]
    for batch in batches:
        batch.save()
    for batch, other in zip(batches, batches[1:] + batches[:1], strict=True):
        batch.relate(other.row)
    return shared, [batch.row for batch in batches]


def create_one_with_many_milestones(shared: Shared, *, today: date, milestones: int = 50) -> Initiative:
    batch = InitiativeBatch(WITH_MANY_MILESTONES, shared, today=today, milestones=milestones)
    batch.save()
    return batch.row
