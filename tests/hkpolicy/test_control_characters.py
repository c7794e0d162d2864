"""Characters that no text has: they do not come in, and where the record holds some, no feed or file breaks on them."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
import yaml

from hkpolicy.management.roots import build_public_text
from importer.parser import read_data_file
from newsroom.actions.append import ChangeNote
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from record.characters import strip_control_characters
from record.dates import FuzzyDate
from record.models import Change
from tests.factories import (
    InitiativeFactory,
    MilestoneFactory,
    ObservationFactory,
    OutcomeFactory,
    StatementFactory,
    TargetFactory,
)
from tests.publishing_helpers import filled, url

BAD = "\x0b\x07\x0c\x1f\ufffe"
TYPED = f"Two{BAD}words"
KEPT = "Two  words"  # the two line breaks that word processors paste became spaces
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (TYPED, KEPT),
        ("a\x85b\x80c\x9fd\x7fe", "a bcde"),
        ("a\ufdd0b\uffffc\U0010fffed", "abcd"),
        ("tab\tline\nreturn\r\n", "tab\tline\nreturn\r\n"),
        ("研發院 é 👍 \u2028\u200b\ufffd", "研發院 é 👍 \u2028\u200b\ufffd"),
    ],
)
def test_controls_and_noncharacters_are_no_text(text, kept):
    assert strip_control_characters(text) == kept


@pytest.fixture
def record(superuser):
    """Publish a record as it was before anything took such characters away."""
    initiative = InitiativeFactory(slug="institute", title_en=TYPED, title_zh_hant=TYPED, aliases=TYPED)
    milestone = MilestoneFactory(initiative=initiative, title_en=TYPED, title_zh_hant=TYPED)
    StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(date(2027, 1, 1)))
    outcome = OutcomeFactory(initiative=initiative, title_en=TYPED)
    TargetFactory(outcome=outcome, due_on="2027-12-31", value=100)
    ObservationFactory(outcome=outcome, value=10, observed=FuzzyDate.from_year(2024))
    note = ChangeNote({"en": TYPED, "zh-hant": TYPED, "zh-hans": TYPED})
    publish(drafts=[build_draft(initiative)], by=superuser, notes={("initiative", str(initiative.content_id)): note})
    return outcome


def test_feeds_calendars_and_charts_are_well_formed_whatever_the_record_holds(client, record):
    addresses = [(language, of) for language in ("en", "zh-hant", "zh-hans") for of in ("", "initiatives/institute/")]
    for language, of in addresses:
        [entry] = ElementTree.fromstring(client.get(f"/{language}/{of}changes.atom").content).iterfind("{*}entry")
        assert [entry.findtext(f"{{*}}{name}") for name in ("title", "summary")] == [KEPT, KEPT]
        calendar = client.get(f"/{language}/{of}milestones.ics").content.decode()
        assert f"SUMMARY:{KEPT}" in calendar
        assert not RAW.search(calendar)
    chart = client.get(f"/en/charts/outcome.svg?of={record.content_id}").content
    assert KEPT in "".join(ElementTree.fromstring(chart).itertext())


@pytest.mark.django_db
def test_what_is_typed_in_the_newsroom_comes_without_them(login):
    client, root = login("publisher"), InitiativeFactory()
    typed = dict.fromkeys(("title_en", "aliases", "summary_en", "internal_note"), TYPED)
    assert client.post(url(root, "change"), filled(client.get(url(root, "change"))) | typed).status_code == 302
    root.refresh_from_db()
    assert [getattr(root, name) for name in typed] == [KEPT] * 4
    seen = {"seen": client.get(url(root, "publish")).context["seen"], "update_type": "minor"}
    client.post(url(root, "publish"), seen | {"note_en": TYPED})
    client.post(url(root, "withdraw"), {"note_en": TYPED})
    assert [each.note for each in Change.objects.order_by("id")] == [{"en": KEPT}] * 2


def test_what_files_and_commands_bring_comes_without_them(tmp_path):
    file = tmp_path / "record.yaml"
    file.write_text(yaml.safe_dump({"sources": [{"title": TYPED}]}), encoding="utf-8")
    record, problems = read_data_file(file)
    assert (record.rows("sources"), problems) == ([{"title": KEPT}], [])
    assert build_public_text(TYPED) == {"en": KEPT}
