"""Merging: whatever named the one names the other, nothing that was said is lost, and readers find their way."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from initiatives.editions import InitiativeEdition, OrganisationEdition
from initiatives.models import Citation, Initiative, Organisation, Person, Source
from newsroom.actions.merge import merge
from newsroom.actions.permissions import ActionError
from newsroom.actions.review import request_review
from newsroom.actions.withdraw import withdraw
from newsroom.models import WorkingChange
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import FACTORIES

pytestmark = pytest.mark.django_db
MERGED = {Source: SourceFactory, Organisation: OrganisationFactory, Person: PersonFactory}
CITED = (Organisation, Person)


def pointers():
    """Every foreign key, many-to-many and generic key of any model that may hold a source, organisation or person."""
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if field.related_model in MERGED:
                yield field.related_model, model, field.name
        for key in model._meta.private_fields:
            if isinstance(key, GenericForeignKey):
                yield from ((each, model, key.name) for each in CITED)


POINTERS = list(pointers())


def holding(model, name, row):
    if model._meta.get_field(name).many_to_many:
        holder = FACTORIES[model]()
        getattr(holder, name).add(row)
        return holder
    more = {"cited": InitiativeFactory()} if (model, name) == (Citation, "source") else {}
    return FACTORIES[model](**{name: row}, **more)


def held_by(holder, name):
    holder = type(holder).objects.get(pk=holder.pk)
    value = getattr(holder, name)
    return list(value.all()) if hasattr(value, "all") else [value]


def reload(row):
    return type(row).objects.get(pk=row.pk)


def test_there_are_relations_to_be_tested():
    assert {(model, holder.__name__, name) for model, holder, name in POINTERS} >= {
        (Source, "Citation", "source"),
        (Organisation, "Initiative", "partners"),
        (Person, "Citation", "cited"),
        (Source, "Announcement", "speech"),
    }


@pytest.mark.parametrize(("model", "holder", "name"), POINTERS)
def test_whatever_named_the_one_names_the_other(model, holder, name, superuser):
    row, into = MERGED[model](), MERGED[model]()
    other = holding(holder, name, row)
    merge(row=row, into=into, by=superuser)
    assert held_by(other, name) == [into]
    assert not model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("model", "holder", "name"), POINTERS)
def test_each_row_that_moves_is_in_the_log(model, holder, name, superuser):
    row, into = MERGED[model](), MERGED[model]()
    other = holding(holder, name, row)
    merge(row=row, into=into, by=superuser)
    logged = WorkingChange.objects.filter(content_id=other.content_id, action=WorkingChange.Action.UPDATE)
    assert superuser in {entry.actor for entry in logged}


TO_THEMSELVES = [(Source, "derived_from"), (Source, "translation_of"), (Organisation, "parent")]


@pytest.mark.parametrize(("model", "name"), TO_THEMSELVES)
@pytest.mark.parametrize("between", [0, 1, 2])
def test_what_hung_under_the_merged_one_takes_its_place_and_no_circle_comes_of_it(model, name, between, superuser):
    make = MERGED[model]
    above = make()
    row = make(**{name: above})
    chain = [row]
    for _ in range(between + 1):
        chain.append(make(**{name: chain[-1]}))
    into = chain[-1]
    merge(row=row, into=into, by=superuser)
    assert getattr(reload(into), name) == above
    for each in chain[1:-1]:
        assert ends(reload(each), name)


@pytest.mark.parametrize(("model", "name"), TO_THEMSELVES)
def test_merged_into_what_it_hung_under_it_leaves_no_circle(model, name, superuser):
    make = MERGED[model]
    into = make()
    between = make(**{name: into})
    row = make(**{name: between})
    merge(row=row, into=into, by=superuser)
    assert getattr(reload(into), name) is None


def ends(row, name):
    seen = set()
    while row is not None and row.pk not in seen:
        seen.add(row.pk)
        row = getattr(row, name)
    return row is None


def test_a_partner_is_named_once(superuser):
    row, into = OrganisationFactory(), OrganisationFactory()
    initiative = InitiativeFactory()
    initiative.partners.add(row, into)
    merge(row=row, into=into, by=superuser)
    assert list(initiative.partners.all()) == [into]


def test_the_same_citation_stands_once_and_another_beside_it(superuser):
    fact = InitiativeFactory(cite=False)
    row, into = SourceFactory(), SourceFactory()
    CitationFactory(cited=fact, source=into, locator="p. 1", quote="Opened in 2026")
    CitationFactory(cited=fact, source=row, locator="p. 1")
    CitationFactory(cited=fact, source=row, locator="p. 2")
    CitationFactory(cited=fact, source=row, locator="p. 1", quote="Late")
    merge(row=row, into=into, by=superuser)
    found = set(fact.citations.values_list("source", "locator", "quote"))
    assert found == {(into.pk, "p. 1", "Opened in 2026"), (into.pk, "p. 2", ""), (into.pk, "p. 1", "Late")}
    assert fact.citations.count() == 3


def test_a_citation_readers_see_is_not_given_up_for_one_that_is_held_back(superuser):
    fact = InitiativeFactory(cite=False)
    row, into = SourceFactory(), SourceFactory()
    CitationFactory(cited=fact, source=into, held_back=True)
    CitationFactory(cited=fact, source=row)
    merge(row=row, into=into, by=superuser)
    assert fact.citations.filter(held_back=False).exists()


def test_a_statement_keeps_what_it_cites(superuser):
    row, into = PersonFactory(), PersonFactory()
    one = StatementFactory(person=row)
    other = StatementFactory(person=into, milestone=one.milestone)
    merge(row=row, into=into, by=superuser)
    assert one.citations.count() == other.citations.count() == 1
    assert set(into.statements.all()) == {one, other}


def test_names_and_aliases_become_aliases(superuser):
    row = OrganisationFactory(
        name_en="AI Institute", name_zh_hant="人工智能研究院", aliases="AIRDI\nKept", former_names="Old"
    )
    into = OrganisationFactory(name_en="Kept", aliases="K", former_names="Before")
    merge(row=row, into=into, by=superuser)
    into.refresh_from_db()
    assert into.aliases.splitlines() == ["K", "AI Institute", "人工智能研究院", "AIRDI", "Old"]
    assert into.former_names == "Before"
    assert into.name_en == "Kept"


def test_a_name_that_is_held_back_becomes_no_alias(superuser):
    row, into = PersonFactory(name_en="Public", name_zh_hant="未核實"), PersonFactory()
    row.text_states["name"]["zh-hant"]["held_back"] = True
    row.save()
    merge(row=row, into=into, by=superuser)
    assert reload(into).aliases.splitlines() == ["Public"]


def test_only_what_is_empty_is_filled(superuser):
    row = SourceFactory(url="https://a.example/", accessed_on="2026-01-01", internal_note="from a", publisher="Other")
    into = SourceFactory(url="", internal_note="from b", publisher="Gazette")
    merge(row=row, into=into, by=superuser)
    into.refresh_from_db()
    assert (into.url, str(into.accessed_on), into.publisher) == ("https://a.example/", "2026-01-01", "Gazette")
    assert into.internal_note == "from b\nfrom a"


def test_a_summary_is_taken_in_all_its_languages_or_in_none(superuser):
    row = OrganisationFactory(summary_en="New", summary_zh_hant="新")
    bare, told = OrganisationFactory(), OrganisationFactory(summary_en="Own")
    merge(row=OrganisationFactory(summary_en="New", summary_zh_hant="新"), into=bare, by=superuser)
    merge(row=row, into=told, by=superuser)
    assert (reload(bare).summary_en, reload(bare).summary_zh_hant) == ("New", "新")
    assert (reload(told).summary_en, reload(told).summary_zh_hant) == ("Own", "")


def test_readers_see_it_once_what_named_it_is_published(superuser):
    row, into = published(OrganisationFactory(name_en="Twice")), published(OrganisationFactory(name_en="Once"))
    initiative = published(InitiativeFactory(lead=row))
    merge(row=row, into=into, by=superuser)
    lead = InitiativeEdition.objects.get(content_id=initiative.content_id).load_document()["lead"]
    assert lead["withdrawn"] is True
    published(reload(initiative))
    lead = InitiativeEdition.objects.get(content_id=initiative.content_id).load_document()["lead"]
    assert (lead["content_id"], lead["title"]) == (str(into.content_id), {"en": "Once"})


def test_what_was_public_leads_on_to_the_other(client, superuser):
    row = published(OrganisationFactory(slug="twice", name_en="Twice"))
    into = published(OrganisationFactory(slug="once", name_en="Once", name_zh_hant="一次"))
    merge(row=row, into=into, by=superuser)
    assert Organisation.objects.filter(pk=row.pk).exists()
    tombstone = OrganisationEdition.history.get(tombstone=True).load_document()
    assert tombstone["reason"]["zh-hant"] == "已併入「一次」。"
    page = client.get("/en/organisations/twice/")
    assert page.status_code == 410
    assert "Merged into “Once”." in page.content.decode()
    assert '<a href="/en/organisations/once/">Once</a>' in page.content.decode()
    answer = client.get("/api/v1/organisations/twice/").json()
    assert answer["successor"] == {"type": "organisation", "content_id": str(into.content_id)}


def test_what_was_published_does_not_lead_to_what_is_not_public(superuser):
    row, into = published(OrganisationFactory()), OrganisationFactory()
    with pytest.raises(ActionError, match="Publish"):
        merge(row=row, into=into, by=superuser)
    published(into)
    withdraw(root=("organisation", str(into.content_id)), reason={"en": "Mistake"}, by=superuser)
    with pytest.raises(ActionError, match="Publish"):
        merge(row=row, into=into, by=superuser)
    assert OrganisationEdition.objects.get().content_id == row.content_id


def test_one_under_review_is_not_merged(superuser):
    row = OrganisationFactory()
    request_review(root=row, by=superuser)
    with pytest.raises(ActionError, match="under review"):
        merge(row=row, into=OrganisationFactory(), by=superuser)


def test_it_merges_into_another_of_its_kind_only(superuser):
    row = OrganisationFactory()
    for into in (row, PersonFactory()):
        with pytest.raises(ActionError):
            merge(row=row, into=into, by=superuser)
    gone = OrganisationFactory()
    Organisation.objects.filter(pk=gone.pk).delete()
    with pytest.raises(ActionError):
        merge(row=row, into=gone, by=superuser)


WHO = [("stranger", False, False), ("author", False, False), ("publisher", False, True), ("administrator", True, True)]


@pytest.mark.parametrize(("role", "draft", "public"), WHO)
@pytest.mark.parametrize("was_public", [False, True])
def test_who_may_merge(member, role, draft, public, was_public):
    row, into = OrganisationFactory(), OrganisationFactory()
    initiative = InitiativeFactory(lead=row)
    if was_public:
        published(row)
        published(into)
    if public if was_public else draft:
        merge(row=row, into=into, by=member(role))
    else:
        with pytest.raises(PermissionDenied):
            merge(row=row, into=into, by=member(role))
        assert held_by(initiative, "lead") == [row]


def test_nothing_moves_where_one_row_may_not_be_changed(member, django_user_model):
    user = member("administrator")
    user.groups.get().permissions.remove(*user.groups.get().permissions.filter(codename="change_statement"))
    row, into = PersonFactory(), PersonFactory()
    PostFactory(person=row)
    StatementFactory(person=row)
    with pytest.raises(PermissionDenied):
        merge(row=row, into=into, by=django_user_model.objects.get(pk=user.pk))
    assert row.posts.count() == 1


CITATION = st.tuples(
    st.integers(0, 1), st.integers(0, 2), st.sampled_from(["", "p. 1"]), st.sampled_from(["", "q", "r"])
)


class NoCitationIsLost(TestCase):
    @given(st.lists(CITATION, max_size=8))
    def test_of_whatever_was_cited(self, cited):
        facts, sources = [InitiativeFactory(cite=False) for _ in range(2)], [SourceFactory() for _ in range(3)]
        for fact, source, locator, quote in cited:
            CitationFactory(cited=facts[fact], source=sources[source], locator=locator, quote=quote)
        merge(row=sources[0], into=sources[1], by=UserFactory(is_superuser=True))
        said = [(fact, max(source, 1), locator, quote) for fact, source, locator, quote in cited]
        kept = {
            (facts.index(each.cited), sources.index(each.source), each.locator, each.quote)
            for each in Citation.objects.all()
        }
        assert kept <= set(said)
        for fact, source, locator, quote in said:
            assert any(
                (fact, source) == each[:2] and locator in ("", each[2]) and quote in ("", each[3]) for each in kept
            )
        assert Initiative.objects.count() == 2
