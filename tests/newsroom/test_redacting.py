"""Redacting takes words out of everything that was ever kept, and nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsroom.actions.approvals import find_approvals
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import StaleDraft, publish
from newsroom.actions.rebuild import rebuild_editions
from newsroom.actions.redact import confirm_redaction, drop_redaction, propose_redaction
from newsroom.actions.restore import restore
from newsroom.actions.review import approve, request_review
from newsroom.actions.schedule import schedule_publication
from newsroom.actions.withdraw import withdraw
from newsroom.choices import ScheduleState
from newsroom.documents.changeset import build_changeset
from newsroom.documents.drafts import build_draft
from newsroom.models import FrozenDraft, WorkingChange, set_actor
from record.dates import FuzzyDate
from record.documents.canonical_json import decode_document, sha256_hex
from record.languages import REDACTION_MARKERS
from record.models import Change, Publication, edition_classes
from tests import factories as make
from tests.redacting import REASON, administrator, path, places_with, redact

pytestmark = pytest.mark.django_db


def saved(row, **values):
    """Edited by hand, and logged."""
    for name, value in values.items():
        setattr(row, name, value)
    with set_actor(make.UserFactory()):
        row.save()
    return row


def editions():
    return [row for each in edition_classes().values() for row in each.history.order_by("pk")]


def test_a_title_is_gone_from_every_edition_of_a_thing_and_of_what_names_it(superuser):
    row = make.published(make.InitiativeFactory(title_en="Zebrafish hub"))
    other = make.InitiativeFactory()
    make.InitiativeRelationFactory(initiative=other, other=row)
    make.published(other)
    for title in ("Zebrafish centre", "Zebrafish institute"):
        make.published(saved(row, title_en=title))
    saved(row, title_en="Zebrafish tower")  # never published
    frozen = request_review(root=row, by=superuser, note="Is “Zebrafish tower” right?").frozen

    redact(row, path(row, "title", "en"))

    assert places_with("Zebrafish") == set()
    frozen.refresh_from_db()
    assert REDACTION_MARKERS["en"] in frozen.text
    assert {row.sha256 for row in editions()} == {sha256_hex(row.document) for row in editions()}
    assert build_changeset([build_draft(row)]).entries == build_changeset([build_draft(other)]).entries == []
    assert rebuild_editions() == dict.fromkeys(edition_classes(), 0)
    assert places_with("Zebrafish") == set()


def test_partners_are_told_of_each_thing_that_changed_by_a_change_without_an_edition(get):
    row = make.published(make.PersonFactory(name_en="Quokka Lee", slug="quokka-lee"))
    initiative = make.InitiativeFactory()
    make.StatementFactory(initiative=initiative, milestone=None, person=row)
    make.published(initiative)
    last = Change.objects.latest("pk").pk

    redact(row, path(row, "name", "en"), path(row, "slug"))

    _status, answer = get("/api/v1/changes/", {"after": last})
    told = [(each["action"], each["type"], each["content_id"], each["edition"]) for each in answer["results"]]
    assert told == [
        ("redacted", "person", str(row.content_id), None),
        ("redacted", "initiative", str(initiative.content_id), None),
    ]
    assert answer["results"][0]["note"] == REASON
    assert places_with("quokka") == set()
    status, answer = get("/api/v1/people/quokka-lee/")
    assert status == 404
    status, answer = get(f"/api/v1/people/redacted-{row.content_id}/")
    assert (status, answer["name"]) == (200, {"en": REDACTION_MARKERS["en"]})


def test_facts_citations_and_sources_are_redacted_wherever_they_stand(superuser):
    source = make.SourceFactory(title="Wombat minutes", url="https://example.org/wombat", publisher="Wombat press")
    milestone = make.MilestoneFactory(cite=False)
    said = FuzzyDate(phrase="when wombats fly")
    statement = make.StatementFactory(milestone=milestone, promised=said, cite=False)
    quote = make.CitationFactory(cited=statement, source=source, quote="wombats will fly")
    make.published(milestone.initiative)
    other = make.OrganisationFactory(cite=False)
    make.CitationFactory(cited=other, source=source)
    make.published(other)
    make.published(saved(milestone.initiative, title_en="Another title"))

    whole = [path(source, key) for key in ("title", "url", "publisher")]
    redact(milestone.initiative, *whole, path(statement, "promised", "phrase"), path(quote, "quote"))

    assert places_with("wombat") == set()
    assert (
        build_changeset([build_draft(milestone.initiative)]).entries
        == build_changeset([build_draft(other)]).entries
        == []
    )


def test_dates_and_numbers_become_unknown():
    funding = make.FundingFactory(amount_hkd=987654321, dated=FuzzyDate.ending_on(timezone.now().date(), "day"))
    make.published(funding.initiative)
    redact(funding.initiative, path(funding, "amount_hkd"), path(funding, "dated"))
    assert places_with("987654321") == set()
    edition = edition_classes()["funding"].objects.get()
    assert (edition.amount_hkd, edition.dated_from, edition.load_document()["dated"]) == (None, None, None)
    funding.refresh_from_db()
    assert not funding.dated.is_known()


def test_nothing_but_the_named_field_changes():
    row = make.InitiativeFactory(title_en="Numbat", title_zh_hant="食蟻獸門", summary_en="Kept", summary_zh_hant="留門")
    make.MilestoneFactory(initiative=row)
    make.published(saved(row, summary_en="Kept too"))
    before = {edition.pk: edition for edition in editions() if edition.type == "initiative"}
    others = {(each.type, each.pk): each.document for each in editions() if each.type != "initiative"}

    redact(row, path(row, "title", "en"))

    for edition in editions():
        if edition.type != "initiative":
            named = edition.document.replace(REDACTION_MARKERS["en"], "Numbat")
            assert named == others[edition.type, edition.pk]
            continue
        title = {
            "en": REDACTION_MARKERS["en"],
            "zh-hant": "食蟻獸門",
            "zh-hans": "食蚁兽门",
            "state": {"zh-hans": "converted"},
        }
        expected = decode_document(before[edition.pk].document) | {"title": title}
        assert decode_document(edition.document) == expected
    row.refresh_from_db()
    assert (row.title_en, row.title_zh_hant, row.summary_en) == (REDACTION_MARKERS["en"], "食蟻獸門", "Kept too")


def test_a_converted_text_goes_with_what_it_was_converted_from():
    row = make.published(make.InitiativeFactory(title_zh_hant="袋獾門"))
    redact(row, path(row, "title", "zh-hant"))
    assert places_with("袋獾") == set()
    title = edition_classes()["initiative"].objects.get().load_document()["title"]
    assert (title["zh-hant"], title["zh-hans"]) == (REDACTION_MARKERS["zh-hant"], REDACTION_MARKERS["zh-hans"])
    row.refresh_from_db()
    row.save()
    assert build_changeset([build_draft(row)]).entries == []


def test_what_is_withdrawn_is_redacted_too_with_the_notes_of_its_changes(superuser):
    row = make.published(make.PersonFactory(name_en="Bilby Chan"))
    withdraw(root=("person", str(row.content_id)), reason={"en": "Bilby asked us to"}, by=superuser)
    redact(row, path(row, "name", "en"), "change_notes")
    assert places_with("Bilby") == set()


def test_a_deleted_row_is_redacted_in_the_log_and_comes_back_without_the_words():
    milestone = make.MilestoneFactory(title_en="Potoroo day")
    initiative = make.published(milestone.initiative)
    named = path(milestone, "title", "en")
    with set_actor(make.UserFactory()):
        milestone.delete()
    redact(initiative, named)
    assert places_with("Potoroo") == set()
    assert WorkingChange.objects.filter(
        action=WorkingChange.Action.DELETE, object_repr=REDACTION_MARKERS["en"]
    ).exists()


def test_an_approval_is_void_and_a_schedule_given_up(superuser):
    row = make.published(make.InitiativeFactory(title_en="Bandicoot"))
    saved(row, summary_en="New")
    draft = build_draft(row)
    request_review(root=row, by=make.UserFactory(is_superuser=True))
    approve(root=row, by=make.UserFactory(is_superuser=True), seen=draft.digest)
    waiting = schedule_publication(drafts=[draft], at=timezone.now() + timedelta(hours=1), by=superuser)

    redact(row, path(row, "title", "en"))

    waiting.refresh_from_db()
    assert waiting.state == ScheduleState.FAILED
    assert waiting.reason
    assert find_approvals([build_draft(row)]) == {}
    assert not FrozenDraft.objects.filter(text__contains="Bandicoot").exists()


def test_a_draft_read_before_a_redaction_is_not_published(superuser):
    row = make.published(make.InitiativeFactory(title_en="Dugong"))
    saved(row, summary_en="New")
    draft = build_draft(row)
    redact(row, path(row, "title", "en"))
    with pytest.raises(StaleDraft):
        publish(drafts=[draft], by=superuser)


def test_restoring_an_earlier_edition_keeps_todays_words_where_it_has_only_a_marker(superuser):
    row = make.published(make.InitiativeFactory(title_en="Kiwi", summary_en="Old"))
    first = Publication.objects.latest("pk")
    redact(row, path(row, "title", "en"))
    row.refresh_from_db()
    make.published(saved(row, title_en="A new title", summary_en="New"))
    done = restore(root_type="initiative", content_id=row.content_id, at_publication=first, by=superuser)
    row.refresh_from_db()
    assert (row.title_en, row.summary_en) == ("A new title", "Old")
    assert len(done.left_out) == 1


def test_two_administrators_redact_with_a_reason(superuser):
    row = make.published(make.InitiativeFactory())
    key, fields = ("initiative", str(row.content_id)), [path(row, "title", "en")]
    publisher = make.UserFactory()
    with pytest.raises(PermissionDenied):
        propose_redaction(root=key, fields=fields, reason=REASON, by=publisher)
    for wrong in (fields, {}), ([], REASON), (["nothing/of/it"], REASON), ([path(row, "stage")], REASON):
        with pytest.raises(ActionError):
            propose_redaction(root=key, fields=wrong[0], reason=wrong[1], by=superuser)
    proposed = propose_redaction(root=key, fields=fields, reason=REASON, by=superuser)
    with pytest.raises(PermissionDenied):
        confirm_redaction(redaction=proposed, by=publisher)
    with pytest.raises(ActionError):
        confirm_redaction(redaction=proposed, by=superuser)
    drop_redaction(redaction=proposed, by=superuser)
    with pytest.raises(ActionError):
        confirm_redaction(redaction=proposed, by=administrator())
    assert edition_classes()["initiative"].objects.get().title["en"] == row.title_en
