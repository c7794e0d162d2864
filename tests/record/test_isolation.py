"""The record and the working copy know each other by content_id only."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from initiatives.editions import InitiativeEdition
from newsroom.models import Publishable
from record.models import Change, Edition, Link, Publication, PublishLock, Slug
from tests.factories import InitiativeFactory, published

RECORD = [
    model
    for model in apps.get_models()
    if issubclass(model, Edition | Change | Link | Publication | PublishLock | Slug)
]
WORKING = [model for model in apps.get_models() if issubclass(model, Publishable)]


def test_both_sides_are_walked():
    assert len(RECORD) == 20
    assert len(WORKING) == 25


@pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)
def test_nothing_in_the_record_points_at_a_working_row(model):
    assert [field for field in model._meta.get_fields(include_hidden=True) if field.related_model in WORKING] == []


@pytest.mark.parametrize("model", WORKING, ids=lambda model: model.__name__)
def test_no_working_row_points_at_the_record(model):
    assert [field for field in model._meta.get_fields(include_hidden=True) if field.related_model in RECORD] == []


def test_the_default_manager_of_editions_shows_only_what_is_live():
    assert {model._default_manager.name for model in RECORD if issubclass(model, Edition)} == {"objects"}


@pytest.mark.django_db
def test_the_database_refuses_two_live_editions_of_one_thing():
    edition = InitiativeEdition.objects.get(content_id=published(InitiativeFactory()).content_id)
    edition.pk, edition.number = None, 2
    edition.change = Change.objects.create(
        publication=edition.change.publication,
        action="redacted",
        update_type="minor",
        type="initiative",
        content_id=edition.content_id,
        root_type="initiative",
        root_content_id=edition.content_id,
    )
    with pytest.raises(IntegrityError, match=r"one_live_initiativeedition|content_id"), transaction.atomic():
        edition.save(force_insert=True)


@pytest.mark.django_db
def test_the_database_refuses_a_slug_taken_over_by_another_thing():
    published(InitiativeFactory(slug="institute"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Slug.objects.create(type="initiative", slug="institute", content_id="4a4f6694-a466-4d83-9b4a-8f9082fbfb06")
