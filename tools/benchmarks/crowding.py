"""A newsroom with everything: thousands of initiatives in the working copy, most of them published, and much beside."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.db import transaction

from experts.models import Commentary, Expert, Forecast
from initiatives.models import (
    Announcement,
    Context,
    Figure,
    Initiative,
    Milestone,
    Organisation,
    Person,
    PolicyArea,
    Source,
    Statement,
)
from notifications.models import Reminder, ReminderRule
from record.dates import FuzzyDate

from .filling import MAX_TEMPLATES, fill
from .multiplying import multiply
from .newsroom import EDITOR, SHARED, Batch, InitiativeBatch

EDITOR_COUNT = 30
LARGE, LARGE_ANNOUNCEMENT, VOICES = 99_998, 99_997, 99_996  # numbers of the batches
LARGE_FORM_ROWS = 100  # milestones, statements, figures of the large forms


@transaction.atomic
def fill_newsroom(*, initiatives: int, today: date) -> None:
    """Fill an empty database with a newsroom: of twenty initiatives one is a draft, half have unpublished changes."""
    _editors()
    fill(initiatives=initiatives * 95 // 100, editions=2, today=today)
    templates = min(initiatives * 95 // 100, MAX_TEMPLATES)
    multiply(templates=templates, initiatives=initiatives, changed=max(templates, initiatives // 2))
    shared = _shared()
    LargeInitiative(LARGE, shared, today=today, milestones=LARGE_FORM_ROWS).save()
    _large_announcement(shared)
    _voices(shared, many=initiatives // 5, today=today)
    _reminders(many=initiatives * 2, today=today)


def _editors() -> None:
    people = get_user_model().objects
    names = [f"editor-{number:02}" for number in range(EDITOR_COUNT)]
    people.bulk_create(get_user_model()(username=name, email=f"{name}@example.org", is_staff=True) for name in names)


def _shared() -> SimpleNamespace:
    """Read again what `newsroom.Shared` made."""
    people = get_user_model().objects
    ours = f"{SHARED:08x}"
    kinds = {"organisations": Organisation, "people": Person, "areas": PolicyArea, "announcements": Announcement}
    return SimpleNamespace(
        editor=people.get(username=EDITOR),
        checker=people.get(username="bench-two"),
        sources=list(Source.objects.order_by("-pk")[:2_000]),
        **{name: list(model.objects.filter(content_id__startswith=ours)) for name, model in kinds.items()},
    )


class LargeInitiative(InitiativeBatch):
    """Also with as many statements of its own as milestones."""

    def __init__(self, number, shared, *, today, milestones):
        super().__init__(number, shared, today=today, milestones=milestones)
        for position in range(1, milestones):
            self.add(
                Statement,
                initiative=self.row,
                organisation=shared.organisations[position % 5],
                stated=FuzzyDate.from_day(today - timedelta(days=position)),
                claim="planned",
                position=position,
                cites=shared.sources[position],
            )


def _large_announcement(shared) -> None:
    batch = Batch(LARGE_ANNOUNCEMENT)
    row = batch.add(Announcement, slug="budget-with-many-figures", title_en="Budget with many figures")
    for position in range(LARGE_FORM_ROWS):
        batch.add(
            Figure,
            announcement=row,
            title_en=f"Figure {position}",
            fiscal_year="2026-27",
            amount_hkd=position,
            position=position,
            cites=shared.sources[position],
        )
    batch.save()


def _voices(shared, *, many: int, today: date) -> None:
    """Experts, what they said, forecast; contexts."""
    batch = Batch(VOICES)
    initiatives = list(Initiative.objects.order_by("pk")[:many])
    milestones = list(Milestone.objects.order_by("pk")[:many])
    experts = [
        batch.add(Expert, slug=f"expert-{number}", name_en=f"Professor {number}", name_zh_hant=f"第{number}教授")
        for number in range(max(1, many // 10))
    ]
    for number, (initiative, milestone) in enumerate(zip(initiatives, milestones, strict=True)):
        expert, source = experts[number % len(experts)], shared.sources[number % len(shared.sources)]
        names = {"title_en": f"On number {number}", "title_zh_hant": f"談第{number}項人工智能措施"}
        batch.add(Commentary, slug=f"commentary-{number}", expert=expert, cites=source, **names)
        batch.add(Forecast, expert=expert, milestone=milestone, probability="0.6", made_on=today, cites=source)
        batch.add(Context, slug=f"context-{number}", initiative=initiative, body_en=f"Fact {number}", cites=source)
    batch.save()


def _reminders(*, many: int, today: date) -> None:
    rule, recipients = ReminderRule.objects.first(), list(get_user_model().objects.filter(is_staff=True))
    content_ids = Milestone.objects.order_by("pk").values_list("content_id", flat=True)[:many]
    Reminder.objects.bulk_create(
        Reminder(
            rule=rule,
            subject_type="milestone",
            subject_id=content_id,
            due_on=today + timedelta(days=number % 300),
            remind_on=today + timedelta(days=number % 300 - 30),
            offset_days=30,
            recipient=recipients[number % len(recipients)],
        )
        for number, content_id in enumerate(content_ids)
    )
