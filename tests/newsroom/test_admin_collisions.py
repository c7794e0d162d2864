"""Two people save the same form: what only one changed is kept, what both changed is asked, nothing typed is lost.

Whether that holds for each kind of field is asked of the functions themselves, in `test_merging_forms`.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.actions.verdicts import check_verdict
from initiatives.models import Citation, Initiative, Milestone, Statement
from record.dates import FuzzyDate
from tests import publishing_helpers
from tests.factories import (
    CitationFactory,
    EvidenceFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    VerdictFactory,
)
from tests.publishing_helpers import FACTORIES, WORKING, filled, url, without_rendering

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


@pytest.fixture
def other():
    """Return the colleague's browser."""
    client = Client()
    client.user = UserFactory(username="anna", is_superuser=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def me(client, superuser):
    client.force_login(superuser)
    return client


def opened(client, row):
    return publishing_helpers.opened(client, url(row, "change"))


def send(client, row, data):
    return client.post(url(row, "change"), data)


def saves(client, row, **changes):
    """Open the form, change it, save."""
    response = send(client, row, opened(client, row) | changes)
    assert response.status_code == 302, response.context["errors"]
    return response


def conflicts(response):
    return {each.name: (each.theirs, each.mine) for each in response.context["merge"].conflicts}


def choose(response, side):
    """Return the form as it came back, with this side chosen of everything."""
    chosen = {f"_choice-{each.name}": f"{side}:{each.their_digest}" for each in response.context["merge"].conflicts}
    return filled(response) | chosen


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_what_both_changed_is_asked_and_the_choice_is_saved(me, other, side):
    row = InitiativeFactory()
    form = opened(me, row) | {"title_en": "Mine"}
    saves(other, row, title_en="Theirs")
    refused = send(me, row, form)
    assert (refused.status_code, conflicts(refused)) == (409, {"title_en": ("Theirs", "Mine")})
    assert filled(refused)["title_en"] == "Mine"
    row.refresh_from_db()
    assert row.title_en == "Theirs"
    assert send(me, row, choose(refused, side)).status_code == 302
    row.refresh_from_db()
    assert row.title_en == side.title()


def test_what_only_the_other_changed_is_taken_over_and_told(me, other):
    row = InitiativeFactory()
    form = opened(me, row) | {"internal_note": "what I wrote"}
    saves(other, row, title_en="Theirs", stage="approved")
    response = send(me, row, form)
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert told[1:] == ["Kept as well, changed meanwhile by anna: Stage; Title (English)."]
    row.refresh_from_db()
    assert (row.title_en, row.stage, row.internal_note) == ("Theirs", "approved", "what I wrote")


def test_the_same_amount_written_otherwise_is_no_collision_and_another_is_shown_in_groups(me, other):
    row = FundingFactory()
    form = opened(me, row)
    saves(other, row, amount_hkd="3 million")
    assert send(me, row, form | {"amount_hkd": "HK$3m"}).status_code == 302
    refused = send(me, row, form | {"amount_hkd": "2 million"})
    assert (refused.status_code, conflicts(refused)) == (409, {"amount_hkd": ("3,000,000", "2,000,000")})
    unread = send(me, row, form | {"amount_hkd": "2 milion"})
    assert conflicts(unread) == {"amount_hkd": ("3,000,000", "2 milion")}


@pytest.mark.parametrize("model", WORKING, ids=lambda model: model.__name__)
def test_every_form_of_the_newsroom_notices_that_it_is_behind(me, other, model):
    row = FACTORIES[model]()
    form = opened(me, row)
    field = "internal_note" if "internal_note" in form else "title_en"
    model.objects.filter(pk=row.pk).update(**{field: "theirs"})
    with without_rendering():
        assert send(me, row, form | {field: "mine"}).status_code == 409
    assert getattr(model.objects.get(pk=row.pk), field) == "theirs"


def test_the_page_says_who_saved_and_what_each_wrote(me, other):
    row = InitiativeFactory(title_en="Before")
    form = opened(me, row) | {"title_en": "Mine <b>"}
    saves(other, row, title_en="Theirs", summary_en="Only theirs")
    page = send(me, row, form).content.decode()
    assert "Saved by anna" in page
    assert "Mine &lt;b&gt;" in page
    assert "Theirs</div>" in page
    assert "<li>Summary (English)</li>" in page


def test_without_a_choice_it_is_asked_again_and_a_third_saving_in_between_too(me, other):
    row = InitiativeFactory()
    form = opened(me, row) | {"title_en": "Mine"}
    saves(other, row, title_en="Theirs")
    refused = send(me, row, form)
    assert "Not saved yet: somebody else saved this meanwhile – <a" in refused.content.decode()
    again = send(me, row, filled(refused) | {"_asked": "1"})
    assert 'Still not saved: a choice is missing – <a href="#collision-title">' in again.content.decode()
    assert 'name="_asked" value="1"' in refused.content.decode()
    assert "Saved by anna (" in again.content.decode()
    assert (again.status_code, conflicts(again)) == (409, {"title_en": ("Theirs", "Mine")})
    saves(other, row, title_en="Theirs anew")
    third = send(me, row, choose(again, "mine"))
    assert (third.status_code, conflicts(third)) == (409, {"title_en": ("Theirs anew", "Mine")})
    assert send(me, row, choose(third, "mine")).status_code == 302
    assert Initiative.objects.get().title_en == "Mine"


def test_of_two_conflicts_each_is_chosen_alone(me, other):
    row = InitiativeFactory()
    form = opened(me, row) | {"title_en": "Mine", "summary_en": "My summary"}
    saves(other, row, title_en="Theirs", summary_en="Their summary")
    refused = send(me, row, form)
    one, two = refused.context["merge"].conflicts
    half = send(me, row, filled(refused) | {f"_choice-{one.name}": f"mine:{one.their_digest}"})
    assert (half.status_code, list(conflicts(half))) == (409, [two.name])
    assert send(me, row, choose(half, "theirs")).status_code == 302
    row.refresh_from_db()
    assert (row.title_en, row.summary_en) == ("Mine", "Their summary")


def test_a_form_with_mistakes_still_knows_what_it_showed(me, other):
    row = InitiativeFactory(title_en="Before")
    form = opened(me, row) | {"title_en": "Mine", "slug": "not a slug"}
    wrong = send(me, row, form)
    assert "slug" in wrong.context["adminform"].form.errors
    saves(other, row, title_en="Theirs")
    refused = send(me, row, filled(wrong) | {"slug": row.slug})
    assert (refused.status_code, conflicts(refused)) == (409, {"title_en": ("Theirs", "Mine")})


def test_the_parts_of_a_fuzzy_date_are_not_mixed(me, other):
    row = InitiativeFactory()
    form = opened(me, row) | {"announced_earliest": "2026-01-01"}
    saves(other, row, announced_latest="2025-12-31")
    refused = send(me, row, form)
    assert list(conflicts(refused)) == ["announced_earliest"]
    assert send(me, row, choose(refused, "theirs")).status_code == 302
    assert str(Initiative.objects.get(pk=row.pk).announced.latest) == "2025-12-31"
    assert Initiative.objects.get(pk=row.pk).announced.earliest is None


def test_a_conversion_to_simplified_chinese_is_nobodys_change(me, other):
    row = InitiativeFactory(title_zh_hant="研究院")
    form = opened(me, row) | {"title_zh_hans": "研究所"}
    saves(other, row, title_zh_hant="發展研究院")
    assert send(me, row, form).status_code == 302
    row.refresh_from_db()
    assert (row.title_zh_hant, row.title_zh_hans) == ("發展研究院", "研究所")


def test_my_traditional_chinese_is_converted_anew_when_it_is_kept(me, other):
    row = InitiativeFactory(title_zh_hant="研究院")
    form = opened(me, row) | {"title_zh_hant": "我們的研究院"}
    saves(other, row, title_zh_hant="發展研究院")
    refused = send(me, row, form)
    assert list(conflicts(refused)) == ["title_zh_hant"]
    send(me, row, choose(refused, "mine"))
    row.refresh_from_db()
    assert (row.title_zh_hant, row.title_zh_hans) == ("我們的研究院", "我们的研究院")


def test_a_check_in_between_is_no_conflict_and_is_kept(me, other):
    verdict = VerdictFactory(set_by=UserFactory())
    form = opened(me, verdict) | {"internal_note": "mine"}
    check_verdict(verdict=verdict, by=other.user)
    assert send(me, verdict, form).status_code == 302
    verdict.refresh_from_db()
    assert (verdict.internal_note, verdict.checked_by) == ("mine", other.user)


def test_a_row_the_other_added_stays(me, other):
    milestone = MilestoneFactory()
    form = opened(me, milestone) | {"title_en": "Mine"}
    StatementFactory(milestone=milestone, promised=FuzzyDate(phrase="added meanwhile"))
    assert send(me, milestone, form).status_code == 302
    assert [each.promised_phrase for each in milestone.statements.all()] == ["added meanwhile"]


def test_rows_are_merged_by_what_they_are_and_not_by_their_place(me, other):
    milestone = MilestoneFactory()
    one, two = StatementFactory(milestone=milestone, position=1), StatementFactory(milestone=milestone, position=2)
    form = opened(me, milestone) | {"statements-1-promised_phrase": "mine of two"}
    saves(other, milestone, **{"statements-0-DELETE": "on"})
    assert send(me, milestone, form).status_code == 302
    assert not Statement.objects.filter(pk=one.pk).exists()
    two.refresh_from_db()
    assert two.promised_phrase == "mine of two"


def test_the_same_field_of_a_row_changed_in_the_rows_own_form_is_asked(me, other):
    statement = StatementFactory(promised_phrase="soon")
    milestone = statement.milestone
    form = opened(me, milestone) | {"statements-0-promised_phrase": "mine"}
    saves(other, statement, promised_phrase="theirs")
    refused = send(me, milestone, form)
    assert refused.status_code == 409
    [(theirs, mine)] = conflicts(refused).values()
    assert ("theirs" in theirs, "mine" in mine) == (True, True)
    assert send(me, milestone, choose(refused, "mine")).status_code == 302
    statement.refresh_from_db()
    assert statement.promised_phrase == "mine"


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_facts_first_citation_is_kept_or_taken_as_a_whole(me, other, side):
    statement = StatementFactory()
    milestone, source = statement.milestone, SourceFactory()
    form = opened(me, milestone) | {"statements-0-locator": "p. 7"}
    saves(other, milestone, **{"statements-0-source": str(source.pk), "statements-0-locator": "¶2"})
    refused = send(me, milestone, form)
    assert (refused.status_code, len(conflicts(refused))) == (409, 1)
    assert send(me, milestone, choose(refused, side)).status_code == 302
    citation = statement.citations.get()
    first = Citation.objects.get(pk=citation.pk)
    expected = ("¶2", source.pk) if side == "theirs" else ("p. 7", int(form["statements-0-source"]))
    assert (first.locator, first.source_id) == expected


def test_citations_under_a_row_are_compared_too(me, other):
    page = MilestoneFactory()
    form = opened(me, page) | {"citations-0-quote": "mine"}
    saves(other, page, **{"citations-0-quote": "theirs"})
    assert send(me, page, form).status_code == 409
    assert page.citations.get().quote == "theirs"


@pytest.mark.parametrize(("side", "phrases"), [("mine", ["what I wrote", "soon"]), ("theirs", ["soon"])])
def test_a_row_the_other_deleted_while_i_wrote_in_it_is_kept_or_let_go(me, other, side, phrases):
    milestone = MilestoneFactory()
    StatementFactory(milestone=milestone, position=1)
    StatementFactory(milestone=milestone, position=2)
    form = opened(me, milestone) | {"statements-0-promised_phrase": "what I wrote"}
    saves(other, milestone, **{"statements-0-DELETE": "on"})
    refused = send(me, milestone, form)
    assert refused.status_code == 409
    assert "what I wrote" in filled(refused).values()
    assert not refused.context["errors"]
    again = send(me, milestone, filled(refused))
    assert (again.status_code, Statement.objects.count()) == (409, 1)
    assert send(me, milestone, choose(again, side)).status_code == 302
    assert sorted(Statement.objects.values_list("promised_phrase", flat=True), reverse=True) == sorted(
        phrases, reverse=True
    )
    assert Citation.objects.filter(content_type=ContentType.objects.get_for_model(Statement)).count() == len(phrases)


@pytest.mark.parametrize(("side", "phrases"), [("mine", []), ("theirs", ["theirs"])])
def test_a_row_i_deleted_while_the_other_wrote_in_it_is_asked_too(me, other, side, phrases):
    statement = StatementFactory()
    milestone = statement.milestone
    form = opened(me, milestone) | {"statements-0-DELETE": "on"}
    saves(other, milestone, **{"statements-0-promised_phrase": "theirs"})
    refused = send(me, milestone, form)
    assert refused.status_code == 409
    assert Statement.objects.count() == 1
    chosen = choose(refused, side) | {"statements-0-DELETE": "on"}
    assert send(me, milestone, chosen).status_code == 302
    assert list(Statement.objects.values_list("promised_phrase", flat=True)) == phrases


def test_a_row_nobody_touched_that_the_other_deleted_is_gone_without_a_question(me, other):
    milestone = StatementFactory().milestone
    form = opened(me, milestone) | {"title_en": "Mine"}
    saves(other, milestone, **{"statements-0-DELETE": "on"})
    assert send(me, milestone, form).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.title_en, milestone.statements.count()) == ("Mine", 0)


@pytest.mark.parametrize("button", ["_save", "_continue", "_publish", "_preview"])
def test_every_button_that_saves_asks_first(me, other, button):
    row = InitiativeFactory()
    form = opened(me, row) | {"title_en": "Mine", button: "1"}
    saves(other, row, title_en="Theirs")
    refused = send(me, row, form)
    assert refused.status_code == 409
    assert send(me, row, choose(refused, "mine") | {button: "1"}).status_code == 302


@pytest.mark.parametrize("nonsense", ["", "{", "[1, 2]", '["2026-01-01", {"": [["slug"], {"": 5}]}]', '["x", {}]'])
def test_a_form_that_does_not_say_what_it_showed_is_saved_as_sent(me, nonsense):
    row = InitiativeFactory()
    assert send(me, row, opened(me, row) | {"title_en": "Mine", "_shown": nonsense}).status_code == 302
    row.refresh_from_db()
    assert row.title_en == "Mine"


def test_who_may_not_change_it_is_refused_before_anything_is_compared(login, other):
    row = InitiativeFactory()
    form = opened(other, row)
    assert send(login("stranger"), row, form).status_code == 403


def test_a_form_takes_the_same_queries_for_three_rows_as_for_one(me):
    counts = []
    for rows in (1, 3):
        milestone = MilestoneFactory()
        StatementFactory.create_batch(rows, milestone=milestone)
        EvidenceFactory.create_batch(rows, milestone=milestone)
        CitationFactory.create_batch(rows - 1, cited=milestone)
        me.get(url(milestone, "change"))
        with CaptureQueriesContext(connection) as queries:
            me.get(url(milestone, "change"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def race(row, form, count=2):
    """Send the same form at once from as many people. Return their answers' status codes, sorted."""
    barrier = threading.Barrier(count)

    def go(number):
        try:
            client = Client()
            client.force_login(UserFactory(is_superuser=True))
            barrier.wait()
            return send(client, row, form | {"title_en": f"Writer {number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(go, range(count)))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("made", range(3))
def test_of_two_who_save_at_once_one_wins_and_one_is_asked(superuser, made):
    client = Client()
    client.force_login(superuser)
    row = StatementFactory().milestone
    assert race(row, opened(client, row)) == [302, 409]
    assert Milestone.objects.get(pk=row.pk).title_en in ("Writer 0", "Writer 1")
