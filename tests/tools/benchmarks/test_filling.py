"""The record that the benchmarks fill in bulk is one that publishing could have made."""

import hashlib
from datetime import date
from itertools import pairwise

import pytest
from django.db.models import F

from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Initiative
from newsroom.documents.changeset import build_changeset
from newsroom.documents.drafts import build_drafts
from record.documents.canonical_json import get_reference_key, iter_references, to_canonical_json
from record.models import LIVE, Change, Link, Publication, Slug, edition_classes
from tools.benchmarks.filling import fill

pytestmark = [pytest.mark.postgresql, pytest.mark.exhaustive, pytest.mark.django_db]


@pytest.fixture
def record(monkeypatch):
    """Three initiatives made of two templates, with four editions each, and the one with 50 milestones."""
    monkeypatch.setattr("tools.benchmarks.filling.MAX_TEMPLATES", 2)
    return fill(initiatives=3, editions=4, today=date(2026, 7, 1))


def histories():
    for edition_class in edition_classes().values():
        for content_id in set(edition_class.history.values_list("content_id", flat=True)):
            yield list(edition_class.history.filter(content_id=content_id).order_by("number"))


def test_each_thing_has_one_live_edition_and_periods_without_gaps(record):
    sizes = {}
    for rows in histories():
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert [row.live_until for row in rows[:-1]] == [row.live_from for row in rows[1:]]
        assert rows[-1].live_until is None
        assert {row.first_published_at for row in rows} == {rows[0].live_from}
        sizes.setdefault(rows[0].type, []).append(len(rows))
    assert sorted(sizes["initiative"]) == [1, 4, 4, 4]
    assert sorted(sizes["milestone"]) == [1] * 50 + [4] * 30


def test_stored_text_and_hash_belong_together_and_each_edition_reads_differently(record):
    for rows in histories():
        for row in rows:
            assert row.sha256 == hashlib.sha256(row.document.encode()).hexdigest()
            assert row.document == to_canonical_json(row.load_document())
            for name, value in row.derived_columns(row.load_document()).items():
                assert getattr(row, name) == value or str(getattr(row, name)) == value
        assert len({row.sha256 for row in rows}) == len(rows)


def test_publications_changes_editions_and_links_follow_one_order(record):
    instants = Publication.objects.order_by("id").values_list("published_at", flat=True)
    assert all(earlier < later for earlier, later in pairwise(instants))
    changes = Change.objects.order_by("id").values_list("publication_id", flat=True)
    assert list(changes) == sorted(changes)
    for edition_class in edition_classes().values():
        assert not edition_class.history.exclude(live_from=F("change__publication__published_at")).exists()
        live = set(edition_class.history.filter(LIVE).values_list("change_id", flat=True))
        links = Link.objects.filter(type=edition_class.type)
        assert set(links.filter(LIVE).values_list("change_id", flat=True)) <= live
        assert not links.exclude(LIVE).filter(change__in=live).exists()


def test_every_document_names_what_the_links_say_it_names(record):
    for rows in histories():
        for row in rows:
            links = Link.objects.filter(change=row.change_id).values_list("relation", "named_type", "named")
            assert {(relation, type, str(named)) for relation, type, named in links} == {
                (relation, *get_reference_key(reference))
                for relation, reference in iter_references(row.load_document())
            }


def test_slugs_lead_to_their_initiatives_and_children_to_their_roots(record):
    owners = dict(Slug.objects.filter(type="initiative").values_list("slug", "content_id"))
    assert owners == dict(InitiativeEdition.objects.values_list("slug", "content_id"))
    assert list(owners) == ["initiative-n00000", "initiative-n00001", "initiative-n00002", "initiative-n99999"]
    for row in MilestoneEdition.objects.all():
        assert str(row.root_content_id) == row.load_document()["initiative"]["content_id"]
        assert owners[row.load_document()["initiative"]["slug"]] == row.root_content_id


def test_the_working_copy_of_the_templates_has_nothing_more_to_publish(record):
    drafts = build_drafts("initiative", Initiative.objects.values_list("content_id", flat=True))
    assert len(drafts) == 3
    assert build_changeset(drafts).entries == []
