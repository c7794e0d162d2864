"""Every change of every working model is logged, with old and new value, in the name of who made it."""

import datetime
import decimal

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models

from initiatives.actions.attest import attest
from initiatives.actions.results import check_result, set_result
from initiatives.actions.verdicts import check_verdict, rate
from initiatives.choices import Result
from initiatives.models import Citation, Initiative, InitiativeRelation, Milestone, Statement
from newsroom.actions.hold_back import hold_back
from newsroom.actions.move import move
from newsroom.documents.registry import get_root, get_row_type
from newsroom.models import Publishable, WorkingChange, set_actor
from newsroom.models.audit_changes import HIDDEN_FIELDS, UNLOGGED_FIELDS
from record import languages
from record.dates import FuzzyDate
from tests.factories import (
    EvidenceFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    StatementFactory,
    UserFactory,
    VerdictFactory,
    published,
)
from tests.publishing_helpers import FACTORIES

SAVEPOINTS = 4
ADDED, CHANGED, DELETED = WorkingChange.Action
WORKING = sorted(
    (model for model in apps.get_models() if issubclass(model, Publishable)), key=lambda model: model._meta.label
)
by_name = {"ids": lambda model: model.__name__}


@pytest.fixture
def editor(db):
    return UserFactory(username="editor")


def made(model):
    extra = {"cited": MilestoneFactory()} if model is Citation else {}
    return FACTORIES[model](**extra)


def log(row):
    """List (action, changes, who) of one row, oldest first."""
    entries = WorkingChange.objects.filter(content_id=row.content_id).order_by("pk").select_related("actor")
    return [(entry.action, entry.changes, entry.actor and entry.actor.username) for entry in entries]


def another_value(row, field):
    """Return a valid value of a field other than it has."""
    value = getattr(row, field.name)
    if field.choices:
        return next(each for each, _label in field.flatchoices if each not in (value, ""))
    match field:
        case models.BooleanField():
            return not value
        case models.ForeignKey():
            if field.related_model is get_user_model():
                return UserFactory()
            return FACTORIES[field.related_model]()
        case models.DateField():
            return datetime.date(2031, 3, 4)
        case models.DecimalField():
            return decimal.Decimal("0.25")
        case models.IntegerField():
            return (value or 0) + 5
        case models.SlugField():
            return "another-slug"
        case models.URLField():
            return "https://example.org/another"
    return f"{value} anew"


def plain(value):
    """As the log keeps it."""
    if isinstance(value, models.Model):
        return value.pk
    return str(value) if isinstance(value, datetime.date | decimal.Decimal) else value


@pytest.mark.django_db
@pytest.mark.parametrize("model", WORKING, **by_name)
def test_adding_and_deleting_a_row_is_logged(model, editor):
    with set_actor(editor):
        row = model.objects.get(pk=made(model).pk)
        key, name = row.pk, str(row)
        row.delete()
    entries = WorkingChange.objects.filter(content_id=row.content_id).order_by("pk")
    assert [(entry.action, entry.actor, entry.object_id) for entry in entries if entry.action != CHANGED] == [
        (ADDED, editor, key),
        (DELETED, editor, key),
    ]
    assert entries.last().object_repr == name
    kept = entries.last().serialized_data
    assert kept["pk"] == key
    assert set(kept["fields"]) == {
        field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many] if not field.primary_key
    }


def told_fields():
    for model in WORKING:
        for field in model._meta.concrete_fields:
            if field.name not in (*UNLOGGED_FIELDS, *HIDDEN_FIELDS):
                yield pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")


@pytest.mark.postgres_only
@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), list(told_fields()))
def test_every_changed_field_is_logged_with_its_old_and_new_value(model, name, editor, monkeypatch):
    """The database's own rules about which values go together are for the tests of those."""
    row = made(model)
    stored = model.objects.get(pk=row.pk)
    field = model._meta.get_field(name)
    new = another_value(stored, field)
    old, before = getattr(stored, field.attname), len(log(row))
    setattr(stored, name, new)
    monkeypatch.setattr(models.Model, "_do_update", lambda *args: True)
    with set_actor(editor):
        stored.save()
    action, changes, who = log(row)[before]
    assert (action, who, changes[name]) == (CHANGED, "editor", [plain(old), plain(new)])


def links():
    for model in WORKING:
        for field in model._meta.many_to_many:
            yield pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), list(links()))
def test_every_linked_row_is_logged(model, name, editor):
    row = made(model)
    one, other = (FACTORIES[model._meta.get_field(name).related_model]() for _ in range(2))
    with set_actor(editor):
        getattr(row, name).set([one])
        getattr(row, name).set([other])
        getattr(row, name).clear()
    assert [entry for entry in log(row) if entry[0] == CHANGED and name in entry[1]] == [
        (CHANGED, {name: [[], [str(one)]]}, "editor"),
        (CHANGED, {name: [[str(one)], []]}, "editor"),
        (CHANGED, {name: [[], [str(other)]]}, "editor"),
        (CHANGED, {name: [[str(other)], []]}, "editor"),
    ]


@pytest.mark.django_db
def test_a_link_made_from_the_other_side_is_logged_with_the_row_that_names(editor):
    initiative, organisation = InitiativeFactory(), OrganisationFactory(name_en="Cyberport")
    with set_actor(editor):
        organisation.partner_in.add(initiative)
        organisation.partner_in.clear()
    assert log(initiative)[1:] == [
        (CHANGED, {"partners": [[], ["Cyberport"]]}, "editor"),
        (CHANGED, {"partners": [["Cyberport"], []]}, "editor"),
    ]


@pytest.mark.django_db
def test_saving_what_is_as_it_was_leaves_no_entry(editor):
    milestone = MilestoneFactory()
    before = log(milestone)
    Milestone.objects.get(pk=milestone.pk).save()
    assert log(milestone) == before


@pytest.mark.django_db
def test_a_new_row_tells_what_it_was_given():
    [(action, changes, who)] = log(
        MilestoneFactory(title_en="Opens", position=3, initiative=(at := InitiativeFactory()))
    )
    assert (action, who) == (ADDED, None)
    assert changes == {"title_en": [None, "Opens"], "position": [None, 3], "initiative": [None, at.pk]}


@pytest.mark.django_db
def test_a_converted_text_is_told_only_once_somebody_wrote_it(editor):
    initiative = InitiativeFactory(title_en="", title_zh_hant="國際")
    initiative.title_zh_hant = "國際樞紐"
    initiative.save()
    initiative.title_zh_hans = "国际枢纽站"
    initiative.save()
    assert [changes for action, changes, _ in log(initiative) if action == CHANGED] == [
        {"title_zh_hant": ["國際", "國際樞紐"]},
        {"title_zh_hans": ["国际枢纽", "国际枢纽站"]},
    ]


@pytest.mark.django_db
def test_a_text_held_back_is_told_by_its_language():
    initiative = InitiativeFactory(summary_zh_hant="摘要")
    languages.set_held_back(initiative, "summary", "zh-hant")
    initiative.save()
    assert log(initiative)[-1][1] == {"summary_zh_hant.held_back": [False, True]}


@pytest.mark.django_db
@pytest.mark.parametrize("model", WORKING, **by_name)
def test_a_row_is_logged_with_its_root(model, editor):
    row = made(model)
    row = model.objects.get(pk=row.pk)
    row.internal_note = "seen"
    row.save()
    entry = WorkingChange.objects.filter(content_id=row.content_id).latest("pk")
    expected = _root(row)
    expected_type = "source" if expected._meta.model_name == "source" else get_row_type(expected)
    assert (entry.root_type, entry.root_content_id) == (expected_type, expected.content_id)


def _root(row):
    if isinstance(row, Citation):
        return _root(row.cited)
    facts = ("milestone", "outcome", "expert", "person", "commentary", "initiative", "announcement")
    try:
        return get_root(row)
    except KeyError:
        parent = next((getattr(row, name) for name in facts if getattr(row, f"{name}_id", None)), None)
        return _root(parent) if parent else row


def verbs(one, other):
    """Return (what is done, the row it changes, what is logged, by whom)."""
    initiative = published(InitiativeFactory())
    milestone = MilestoneFactory(initiative=initiative)
    done = MilestoneFactory(result=Result.MET, result_set_by=other)
    EvidenceFactory(milestone=done)
    held, verdict, new = MilestoneFactory(), VerdictFactory(set_by=other), VerdictFactory.build(initiative=initiative)
    day = datetime.date(2026, 1, 31)
    elsewhere = published(InitiativeFactory())
    return {
        "attest": (lambda: attest(initiative=initiative, by=one, on=day), initiative),
        "set_result": (lambda: set_result(milestone=milestone, result="met", actual=FuzzyDate(), by=one), milestone),
        "check_result": (lambda: check_result(milestone=done, by=one), done),
        "hold_back": (lambda: hold_back(rows=Milestone.objects.filter(pk=held.pk), by=one), held),
        "rate": (lambda: rate(verdict=new, by=one), new),
        "check_verdict": (lambda: check_verdict(verdict=verdict, by=one), verdict),
        "move": (lambda: move(child=milestone, to=elsewhere, by=one), milestone),
    }


VERBS = ("attest", "set_result", "check_result", "hold_back", "rate", "check_verdict", "move")


@pytest.mark.django_db
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_logged_in_the_name_of_who_it_acts_for(name, editor):
    one, other = UserFactory(username="one", is_superuser=True), UserFactory()
    done, row = verbs(one, other)[name]
    before = len(log(row))
    with set_actor(editor):
        done()
    assert [who for _action, _changes, who in log(row)[before:]] == ["one"]


@pytest.mark.django_db
def test_checking_attesting_and_holding_back_make_nobody_an_author():
    one, other = UserFactory(is_superuser=True), UserFactory()
    acts = verbs(one, other)
    for name in ("attest", "check_result", "hold_back", "check_verdict"):
        acts[name][0]()
    assert not WorkingChange.objects.filter(actor=one, authored=True).exists()
    hold_back(rows=Milestone.objects.filter(pk=acts["hold_back"][1].pk), by=one, held=False)
    assert WorkingChange.objects.filter(actor=one, authored=True).count() == 1


@pytest.mark.django_db
def test_the_authors_of_a_root_are_those_who_worked_on_it_or_on_what_is_in_it():
    first, second, third, stranger = (UserFactory() for _ in range(4))
    with set_actor(first):
        initiative = InitiativeFactory()
        milestone = MilestoneFactory(initiative=initiative)
    instant = WorkingChange.objects.latest("pk").timestamp
    with set_actor(second):
        statement = StatementFactory(milestone=milestone)
    with set_actor(third):
        statement.citations.first().delete()
    with set_actor(stranger):
        MilestoneFactory()
    authors = WorkingChange.objects.authors_since
    assert authors("initiative", initiative.content_id, None) == {first.pk, second.pk, third.pk}
    assert authors("initiative", initiative.content_id, instant) == {second.pk, third.pk}


@pytest.mark.django_db
def test_what_goes_with_a_deleted_row_is_logged_with_all_it_held(editor):
    initiative = InitiativeFactory()
    statement = StatementFactory(milestone=MilestoneFactory(initiative=initiative))
    with set_actor(editor):
        initiative.delete()
    gone = WorkingChange.objects.filter(action=DELETED)
    assert {entry.content_type.model for entry in gone} == {"initiative", "milestone", "statement", "citation"}
    assert gone.count() == 6  # each of the three has its citation
    assert {(entry.root_type, entry.root_content_id, entry.actor) for entry in gone} == {
        ("initiative", initiative.content_id, editor)
    }
    assert len({entry.cid for entry in gone}) == 1
    assert gone.get(content_id=statement.content_id).serialized_data["fields"]["milestone"] == statement.milestone_id


@pytest.mark.django_db
def test_rows_that_lose_what_they_named_are_logged(editor):
    lead = OrganisationFactory(name_en="Cyberport")
    initiative = InitiativeFactory(lead=lead)
    initiative.partners.add(lead)
    key = lead.pk
    with set_actor(editor):
        lead.delete()
    assert log(initiative)[-2:] == [
        (CHANGED, {"lead": [key, None]}, "editor"),
        (CHANGED, {"partners": [["Cyberport"], []]}, "editor"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_holding_back_many_rows_takes_as_many_queries_as_one(rows, superuser, django_assert_num_queries):
    keys = [StatementFactory(milestone=MilestoneFactory()).pk for _ in range(rows)]
    ContentType.objects.get_for_model(Statement)
    with django_assert_num_queries(SAVEPOINTS + 6):  # keys, rows, milestones, initiatives, log, update
        assert hold_back(rows=Statement.objects.filter(pk__in=keys), by=superuser) == rows


@pytest.mark.django_db
def test_a_relation_belongs_to_the_initiative_that_names_the_other():
    relation = InitiativeRelationFactory()
    entry = WorkingChange.objects.filter(content_id=relation.content_id).get()
    assert entry.root_content_id == Initiative.objects.get(pk=InitiativeRelation.objects.get().initiative_id).content_id
