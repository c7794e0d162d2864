"""Typed columns and links come from documents and can be made from them again; a document's shape is lifted on read."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command

from initiatives.editions import MilestoneEdition
from newsroom.documents import registry
from newsroom.documents.changeset import get_public_states
from newsroom.documents.drafts import build_draft
from record.dates import FuzzyDate
from record.models import Link, PageEdition
from tests.factories import (
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    StatementFactory,
    published,
)

pytestmark = pytest.mark.django_db


def columns(edition):
    return {field.name: getattr(edition, field.name) for field in edition._meta.concrete_fields}


def links():
    return sorted(Link.objects.values_list("change_id", "relation", "named", "live_from", "live_until"), key=str)


def test_columns_and_links_are_mended_from_the_documents(superuser):
    milestone = MilestoneFactory(initiative=InitiativeFactory(lead=OrganisationFactory()))
    StatementFactory(milestone=milestone, promised=FuzzyDate.ending_on(date(2026, 12, 31), "half"))
    published(milestone)
    edition = MilestoneEdition.objects.get()
    expected, linked = columns(edition), links()
    assert expected["due_from"] == date(2026, 7, 1)
    MilestoneEdition.history.update(due_from=None, due_known=False, tokens="", title=None)
    Link.objects.all().delete()
    call_command("rebuild_editions")
    edition.refresh_from_db()
    assert columns(edition) == expected
    assert links() == linked


def test_a_sound_record_needs_no_mending(superuser, capsys):
    published(MilestoneFactory())
    call_command("rebuild_editions")
    assert {line.split(": ")[1] for line in capsys.readouterr().out.splitlines()} == {"0 mended"}


def test_an_edition_of_an_older_shape_is_lifted_on_read_and_its_text_and_hash_stay(superuser, monkeypatch):
    published(PageFactory())
    before = columns(PageEdition.objects.get())
    monkeypatch.setattr(PageEdition, "shape_version", 2)
    monkeypatch.setattr(PageEdition, "document_migrations", {1: lambda document: document | {"author": None}})
    edition = PageEdition.objects.get()
    assert edition.load_document() == {**edition.load_document(), "author": None}
    assert columns(edition) == before
    assert "author" not in edition.document


def test_an_upgrade_of_code_never_looks_like_news(superuser, monkeypatch):
    page = published(PageFactory())
    monkeypatch.setattr(PageEdition, "shape_version", 2)
    monkeypatch.setattr(PageEdition, "document_migrations", {1: lambda document: document | {"author": None}})
    old = registry.get_published_type("page")
    new = replace(old, build=lambda row: old.build(row) | {"author": None})
    monkeypatch.setitem(registry._published_types, "page", new)
    assert get_public_states("page", [page.content_id])[str(page.content_id)] == "published"
    assert build_draft(page).documents[0]["author"] is None


def test_a_better_converter_never_looks_like_news(superuser, monkeypatch):
    page = published(PageFactory(title_zh_hant="數碼港"))
    type(page).objects.update(title_zh_hans="数字港")
    assert get_public_states("page", [page.content_id])[str(page.content_id)] == "published"
