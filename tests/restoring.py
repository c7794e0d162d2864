"""What tests of restoring share: roots that say everything they can, and ways to ruin a working copy."""

from datetime import date

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F

from experts.models import Affiliation, Theme
from initiatives.models import Citation, Evidence, InitiativeRelation, Observation, Post, Source, Statement, Target
from newsroom.documents.registry import get_published_type, get_row_type
from record.dates import FuzzyDate
from record.languages import LANGUAGES, get_text_column
from record.models import Publication, get_child_editions
from tests import factories as make

WHEN = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="second half of 2026")
FACTS = (Affiliation, Evidence, InitiativeRelation, Observation, Post, Statement, Target, Theme)
LEFT = {"id", "content_id", "text_states", "created_at", "updated_at", "internal_note", "object_id", "position"}


def said(row):
    """Give the row every text in three languages: one written, one not reviewed, one stale."""
    for at, name in enumerate(row.texts):
        for language in LANGUAGES:
            setattr(
                row, get_text_column(name, language), "" if language == "zh-hans" and at else f"{name} {language} 門"
            )
        row.text_states[name] = {"zh-hant": {"state": ("unreviewed", "stale", "")[at % 3]}}
    row.save()
    return row


def source():
    original = make.SourceFactory(language="zh-hant", published=None)
    return make.SourceFactory(translation_of=original, derived_from=make.SourceFactory(), accessed_on="2026-01-02")


def cited(row):
    """Give the row two more citations, of sources that stand to others."""
    for quote in ("soon", "很快"):
        make.CitationFactory(cited=row, source=source(), quote=quote, supports="the date")
    return row


def initiative():
    row = cited(said(make.InitiativeFactory(aliases="One\nTwo", announced=WHEN, stage="approved")))
    row.lead, row.announced_in = make.OrganisationFactory(), make.published(make.AnnouncementFactory())
    row.partners.add(make.OrganisationFactory(), make.OrganisationFactory())
    row.areas.add(make.PolicyAreaFactory())
    row.save()
    for relation in ("predecessor", "comparable"):
        other = make.published(make.InitiativeFactory())
        make.InitiativeRelationFactory(initiative=row, relation=relation, other=other)
    cited(make.StatementFactory(initiative=row, milestone=None, promised=WHEN, person=make.PersonFactory()))
    milestone(row)
    target = outcome(row)
    whole = said(make.FundingFactory(initiative=row, announcement=row.announced_in, dated=WHEN))
    part = cited(make.FundingFactory(initiative=row, part_of=whole, payer="private", fiscal_year="2025-26"))
    make.FundingFactory(initiative=row, restates=part, qualifier="about", position=2)
    said(make.VerdictFactory(initiative=row, target=target, monitor=make.OrganisationFactory(), clarity="clear"))
    return row


def milestone(row):
    people = {"result_set_by": make.UserFactory(), "checked_by": make.UserFactory()}
    met = cited(said(make.MilestoneFactory(initiative=row, result="met", actual=WHEN, position=3, **people)))
    make.StatementFactory(milestone=met, stated=FuzzyDate.from_year(2025), claim="planned", inferred=True)
    make.StatementFactory(milestone=met, stated=FuzzyDate.from_year(2023), promised=WHEN, position=4)
    found = make.EvidenceFactory(milestone=met, dated=WHEN, searched="Here\nThere", holds_until="2027-01-01")
    cited(said(found))
    make.MilestoneFactory(initiative=row, kind="event")


def outcome(row):
    measured = {"baseline_value": "1.5", "baseline": WHEN, "baseline_note_en": "at the start", "expected_every": 12}
    counted = said(make.OutcomeFactory(initiative=row, **measured))
    make.TargetFactory(outcome=counted, value=None, words="world class", set_by="Bureau", set_on=WHEN)
    make.ObservationFactory(outcome=counted, value="12.25", observed=WHEN, method_break=True, qualifier="over")
    said(make.ObservationFactory(outcome=counted, status="revised"))
    return cited(make.TargetFactory(outcome=counted, value="0.125", due_on="2027-03-31", kind="kpi"))


def announcement():
    given = {"delivered_on": "2026-02-25", "passed_on": "2026-05-01", "fiscal_year": "2026-27", "key_phrase": "AI"}
    row = said(make.AnnouncementFactory(delivered_by=make.PersonFactory(), speech=source(), **given))
    cited(make.StatementFactory(announcement=row, milestone=None, organisation=make.OrganisationFactory()))
    said(make.FigureFactory(announcement=row, as_at="2026-03-31", published_on="2026-04-01", after_bonds=False))
    between = {"amount_hkd": None, "amount_low_hkd": 5, "amount_high_hkd": 9, "vintage": "revised"}
    cited(make.FigureFactory(announcement=row, after_bonds=True, **between))
    make.FigureFactory(announcement=row, amount_hkd=None, count="2.5", unit="places")
    make.VerdictFactory(initiative=None, announcement=row, confidence="low")
    return cited(row)


def organisation():
    parent = make.OrganisationFactory()
    return cited(said(make.OrganisationFactory(aliases="A", former_names="B\nC", parent=parent, founded=WHEN)))


def person():
    row = cited(said(make.PersonFactory(honorific="Prof", aliases="A", kind="official")))
    for _ in range(2):
        said(make.PostFactory(person=row, began=WHEN, ended=FuzzyDate.from_year(2027)))
    return row


def expert():
    row = said(make.ExpertFactory(person=make.PersonFactory(), unverified=True))
    for _ in range(2):
        said(make.AffiliationFactory(expert=row, began=WHEN, ended=FuzzyDate.from_year(2027)))
    for probability in ("0.6", "0.125"):
        due = make.published(make.MilestoneFactory())
        said(cited(make.ForecastFactory(expert=row, milestone=due, probability=probability)))
    return row


def commentary():
    row = said(make.CommentaryFactory(expert=make.published(make.ExpertFactory()), quote="大", dated=WHEN))
    row.initiatives.add(*(make.published(make.InitiativeFactory()) for _ in range(2)))
    row.announcements.add(make.published(make.AnnouncementFactory()))
    for kind in ("challenge", "opportunity"):
        said(make.ThemeFactory(commentary=row, kind=kind))
    return cited(row)


def context():
    return cited(said(make.ContextFactory(initiative=make.published(make.InitiativeFactory()), kind="conflict")))


WHOLE = {
    "initiative": initiative,
    "announcement": announcement,
    "organisation": organisation,
    "person": person,
    "area": lambda: said(make.PolicyAreaFactory()),
    "context": context,
    "expert": expert,
    "commentary": commentary,
    "page": lambda: said(make.PageFactory(position=2)),
}


def last_publication(root) -> Publication:
    return Publication.objects.filter(changes__root_content_id=root.content_id).latest("pk")


def children(root):
    """List querysets of a root's children."""
    for edition_class in get_child_editions(get_row_type(root)):
        model = get_published_type(edition_class.type).model
        yield model.objects.filter(**{get_row_type(root): root})


def ruin(rows) -> None:
    """Give every column of these rows another value, as editors could; what they belong to stays."""
    fields = [field for field in rows.model._meta.concrete_fields if field.name not in LEFT]
    values = {field.name: _other(field) for field in fields}
    rows.update(**{name: value for name, value in values.items() if value is not ...})
    for field in rows.model._meta.many_to_many:
        if not isinstance(field, GenericRelation):
            field.remote_field.through.objects.filter(**{f"{rows.model._meta.model_name}__in": rows}).delete()


def _other(field):
    if field.choices:
        return field.choices[-1][0]
    match field:
        case models.ForeignKey():
            belongs = field.name in ("initiative", "announcement", "milestone") or not field.null
            return ... if belongs else None
        case models.SlugField():
            return models.functions.Concat(models.Value("x-"), F(field.name))
        case models.CharField() | models.TextField():
            return "ruined"
        case models.BooleanField():
            return True
        case models.DateField():
            return date(2001, 2, 3)
        case models.DecimalField(max_digits=4):
            return "0.999"
        case models.DecimalField() | models.IntegerField():
            return F(field.name) + 1
    return ...


def destroy(root) -> None:
    """Delete all that belongs to a root, and the sources that nobody cites any more."""
    for rows in children(root):
        rows.all().delete()
    for relation in root._meta.get_fields():
        if relation.one_to_many and relation.related_model in (*FACTS, Citation):
            getattr(root, relation.name).all().delete()
    Source.objects.filter(citations=None).delete()
