"""One factory a model: valid, publishable and dull."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from experts.models import Affiliation, Commentary, Expert, Forecast, Theme
from initiatives.models import (
    Announcement,
    Citation,
    Context,
    Evidence,
    Figure,
    Funding,
    Initiative,
    InitiativeRelation,
    Milestone,
    Observation,
    Organisation,
    Outcome,
    Person,
    PolicyArea,
    Post,
    Source,
    Statement,
    Target,
    Verdict,
)
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from newsroom.documents.registry import get_root
from newsroom.fields import FuzzyDateGroup
from newsroom.models import Page
from record.dates import FuzzyDate


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_staff = True


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda n: f"Source {n}")
    url = factory.Sequence(lambda n: f"https://example.org/{n}")
    publisher = "Gazette"
    tier = 1


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    cited = None
    source = factory.SubFactory(SourceFactory)
    locator = "¶1"


class CitedFactory(DjangoModelFactory):
    """Whatever it makes has one citation; `cite=False` leaves it bare. A FuzzyDate fills its group of columns."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _adjust_kwargs(cls, **columns):
        for name in [name for name, value in columns.items() if isinstance(value, FuzzyDate)]:
            value = columns.pop(name)
            columns |= {f"{name}_{part}": getattr(value, part) for part in FuzzyDateGroup.PARTS}
        return columns

    @factory.post_generation
    def cite(self, create, extracted, **kwargs):
        if create and extracted is not False:
            CitationFactory(cited=self, **kwargs)


class PolicyAreaFactory(DjangoModelFactory):
    class Meta:
        model = PolicyArea

    slug = factory.Sequence(lambda n: f"area-{n}")
    title_en = factory.Sequence(lambda n: f"Area {n}")


class OrganisationFactory(CitedFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name_en = factory.Sequence(lambda n: f"Organisation {n}")


class PersonFactory(CitedFactory):
    class Meta:
        model = Person

    slug = factory.Sequence(lambda n: f"person-{n}")
    name_en = factory.Sequence(lambda n: f"Person {n}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title_en = "Secretary"


class AnnouncementFactory(CitedFactory):
    class Meta:
        model = Announcement

    slug = factory.Sequence(lambda n: f"announcement-{n}")
    title_en = factory.Sequence(lambda n: f"Announcement {n}")


class FigureFactory(CitedFactory):
    class Meta:
        model = Figure

    announcement = factory.SubFactory(AnnouncementFactory)
    title_en = "consolidated balance"
    amount_hkd = -1_000_000


class InitiativeFactory(CitedFactory):
    class Meta:
        model = Initiative

    slug = factory.Sequence(lambda n: f"initiative-{n}")
    title_en = factory.Sequence(lambda n: f"Initiative {n}")


class InitiativeRelationFactory(DjangoModelFactory):
    class Meta:
        model = InitiativeRelation

    initiative = factory.SubFactory(InitiativeFactory)
    other = factory.SubFactory(InitiativeFactory)
    relation = "predecessor"


class MilestoneFactory(CitedFactory):
    class Meta:
        model = Milestone

    initiative = factory.SubFactory(InitiativeFactory)
    title_en = factory.Sequence(lambda n: f"Milestone {n}")


class StatementFactory(CitedFactory):
    """`promised` and `stated` take a FuzzyDate."""

    class Meta:
        model = Statement

    milestone = factory.SubFactory(MilestoneFactory)
    promised = FuzzyDate(phrase="soon")


class EvidenceFactory(CitedFactory):
    class Meta:
        model = Evidence

    milestone = factory.SubFactory(MilestoneFactory)
    summary_en = "Seen on site"


class OutcomeFactory(CitedFactory):
    class Meta:
        model = Outcome

    initiative = factory.SubFactory(InitiativeFactory)
    title_en = factory.Sequence(lambda n: f"Outcome {n}")
    unit = "projects"


class TargetFactory(CitedFactory):
    class Meta:
        model = Target

    outcome = factory.SubFactory(OutcomeFactory)
    value = 10


class ObservationFactory(CitedFactory):
    class Meta:
        model = Observation

    outcome = factory.SubFactory(OutcomeFactory)
    value = 3


class FundingFactory(CitedFactory):
    class Meta:
        model = Funding

    initiative = factory.SubFactory(InitiativeFactory)
    title_en = "Set-up costs"
    amount_hkd = 1_000_000


class VerdictFactory(CitedFactory):
    """A rating by another monitor, so that no second person is needed."""

    class Meta:
        model = Verdict

    initiative = factory.SubFactory(InitiativeFactory)
    reasons_en = "Opened when promised"
    rating = "kept"
    rated_by = "other_monitor"
    rated_on = "2026-01-01"


class ContextFactory(CitedFactory):
    class Meta:
        model = Context

    slug = factory.Sequence(lambda n: f"context-{n}")
    body_en = factory.Sequence(lambda n: f"Fact {n}")


class ExpertFactory(DjangoModelFactory):
    class Meta:
        model = Expert

    slug = factory.Sequence(lambda n: f"expert-{n}")
    name_en = factory.Sequence(lambda n: f"Expert {n}")


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = Affiliation

    expert = factory.SubFactory(ExpertFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title_en = "Professor"


class CommentaryFactory(CitedFactory):
    class Meta:
        model = Commentary

    slug = factory.Sequence(lambda n: f"commentary-{n}")
    title_en = factory.Sequence(lambda n: f"Commentary {n}")
    summary_en = "A doubt"
    expert = factory.SubFactory(ExpertFactory)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    commentary = factory.SubFactory(CommentaryFactory)
    kind = "challenge"
    words_en = "talent"


class ForecastFactory(CitedFactory):
    class Meta:
        model = Forecast

    expert = factory.SubFactory(ExpertFactory)
    milestone = factory.SubFactory(MilestoneFactory)
    probability = "0.6"
    made_on = "2026-01-01"
    by_day = "2026-12-31"


class PageFactory(DjangoModelFactory):
    class Meta:
        model = Page

    slug = factory.Sequence(lambda n: f"page-{n}")
    title_en = factory.Sequence(lambda n: f"Page {n}")
    body_en = "Words."


def published(row, *, by=None, on=None, **options):
    """Publish the root of the row, by a superuser if not told by whom, and return the row."""
    by = by or get_user_model().objects.filter(is_superuser=True).first() or UserFactory(is_superuser=True)
    publish(drafts=[build_draft(get_root(row), on=on)], by=by, **{"overruled": "a test"} | options)
    return row
