"""Sentences in whatever of the record is not public, and one promise that is, with a sentence to be found."""

from django.apps import apps
from django.contrib.auth import get_user_model

from experts.models import Commentary, Expert
from initiatives.models import Citation, Initiative, Milestone, Organisation, Outcome, Person, Source
from newsroom.models import Publishable
from record.languages import set_held_back
from tests.factories import (
    AffiliationFactory,
    CommentaryFactory,
    EvidenceFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
    OutcomeFactory,
    PostFactory,
    StatementFactory,
    TargetFactory,
    ThemeFactory,
    UserFactory,
    published,
)

PLANTED, PUBLIC = "plantedsentence", "publicsentence"
種, 公 = "埋藏句子", "公開句子"


def plant(*, editor: str) -> None:
    """Plant in the working copy, publish what was planted in, then change it again; the record's editions stay."""
    by = get_user_model().objects.get(username=editor)
    initiative, expert, commentary = Initiative.objects.get(slug="hkairdi"), first(Expert), first(Commentary)
    outcome, person = first(Outcome), Person.objects.get(slug="john-lee")
    plant_held_back_rows(initiative, outcome, person, commentary, expert)
    plant_internal_notes(by)
    for root in (initiative, outcome, initiative.announced_in, expert, person, commentary):
        published(root, by=by)
    published(public_promise(), by=by)
    plant_unpublished_changes(initiative)
    InitiativeFactory(slug="planted-draft", title_en=PLANTED, title_zh_hant=種, lead=first(Organisation))
    CommentaryFactory(title_en=PLANTED, summary_zh_hant=種, expert=expert)


def first(model):
    return model.objects.order_by("pk").first()


def plant_held_back_rows(initiative, outcome, person, commentary, expert):
    milestone = initiative.milestones.last()
    MilestoneFactory(initiative=initiative, title_en=PLANTED, held_back=True)
    FundingFactory(initiative=initiative, title_en=PLANTED, held_back=True)
    StatementFactory(milestone=milestone, promised_phrase=PLANTED, held_back=True)
    EvidenceFactory(milestone=milestone, summary_zh_hant=種, held_back=True)
    TargetFactory(outcome=outcome, words=PLANTED, held_back=True)
    ObservationFactory(outcome=outcome, note_en=PLANTED, held_back=True)
    FigureFactory(announcement=initiative.announced_in, title_en=PLANTED, held_back=True)
    PostFactory(person=person, title_en=PLANTED, held_back=True)
    AffiliationFactory(expert=expert, title_en=PLANTED, held_back=True)
    ThemeFactory(commentary=commentary, words_en=PLANTED, held_back=True)
    source = Source.objects.create(title=PLANTED, url=f"https://example.org/{PLANTED}")
    Citation.objects.create(cited=initiative, source=source, quote=PLANTED, held_back=True)


def plant_internal_notes(editor):
    for model in apps.get_models():
        if issubclass(model, Publishable):
            model.objects.update(internal_note=PLANTED)
    names = {"username": f"{PLANTED}-editor", "first_name": PLANTED, "last_name": 種}
    get_user_model().objects.filter(pk=editor.pk).update(**names)
    Milestone.objects.update(owner=UserFactory(username=PLANTED))


def public_promise():
    """Not the record's, so that its own texts stay as they ship: a held-back language, a lead that is no body yet."""
    texts = {"title_en": PUBLIC, "title_zh_hant": 公, "body_en": PUBLIC, "body_zh_hant": 公, "summary_en": PUBLIC}
    row = InitiativeFactory(slug="public-promise", summary_zh_hant=種, internal_note=PLANTED, **texts)
    set_held_back(row, "summary", "zh-hant")
    row.lead = OrganisationFactory(checked=False, name_en=PLANTED, slug=PLANTED)
    row.save()
    MilestoneFactory(initiative=row, title_en=PUBLIC, title_zh_hant=公)
    OutcomeFactory(initiative=row, title_en=PUBLIC, title_zh_hant=公)
    return row


def plant_unpublished_changes(initiative):
    initiative.title_en = initiative.summary_en = initiative.aliases = PLANTED
    initiative.save()
    for row in [*Milestone.objects.all()[:5], *Outcome.objects.all()[:5]]:
        row.title_en, row.title_zh_hant = PLANTED, 種
        row.save()
    for row in [*Organisation.objects.all()[:5], *Person.objects.all()[:5], *Expert.objects.all()[:5]]:
        row.name_en, row.slug = PLANTED, f"{PLANTED}-{row.slug}"
        row.save()
    Source.objects.update(title=PLANTED)
