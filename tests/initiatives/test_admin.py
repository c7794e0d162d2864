"""Forms of what was promised: a fact with its source, results and their check, children that keep their root."""

import pytest

from initiatives.editions import InitiativeEdition
from initiatives.models import Evidence, Figure, Funding, Milestone, Outcome, Statement, Verdict
from newsroom.actions.withdraw import withdraw
from tests.factories import (
    CitationFactory,
    EvidenceFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    VerdictFactory,
    published,
)
from tests.publishing_helpers import filled, opened, url, without_rendering

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def save(client, row, **changes):
    page = url(row, "change")
    response = client.post(page, opened(client, page) | changes)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    return response


def inline(client, page, prefix, **values):
    """Return the page's form with one more inline row."""
    with without_rendering():
        response = client.get(page)
    data = filled(response)
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    [formset] = [
        each.formset for each in response.context_data["inline_admin_formsets"] if each.formset.prefix == prefix
    ]
    blank = {bound.name: bound.value() for bound in formset.empty_form}
    empty = {
        f"{prefix}-{number}-{name}": value for name, value in blank.items() if value is not None and value is not False
    }
    new = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return data | empty | new | {f"{prefix}-TOTAL_FORMS": number + 1}


def test_a_fact_is_entered_with_its_source_in_the_form_of_its_milestone(login):
    milestone, source = MilestoneFactory(), SourceFactory()
    client = login("author")
    data = inline(
        client,
        url(milestone, "change"),
        "statements",
        promised_phrase="second half of 2026",
        promised_earliest="2026-07-01",
        promised_latest="2026-12-31",
        promised_precision="half",
        source=source.pk,
        locator="¶39",
        quote="the second half of 2026",
    )
    response = client.post(url(milestone, "change"), data)
    assert response.status_code == 302, response.context["errors"]
    statement = Statement.objects.get()
    assert statement.promised.edtf() == "2026-07/2026-12"
    citation = statement.citations.get()
    assert (citation.source, citation.locator, citation.quote) == (source, "¶39", "the second half of 2026")


def test_a_locator_without_a_source_is_refused(login):
    milestone = MilestoneFactory()
    client = login("author")
    data = inline(client, url(milestone, "change"), "statements", promised_phrase="soon", locator="p. 3")
    response = client.post(url(milestone, "change"), data)
    assert response.status_code == 200
    assert not Statement.objects.exists()


def test_only_the_first_citation_is_changed_in_the_inline(login):
    statement = StatementFactory()
    second = CitationFactory(cited=statement, position=1)
    save(login("author"), statement.milestone, **{"statements-0-locator": "p. 7"})
    assert [each.locator for each in statement.citations.all()] == ["p. 7", second.locator]


def test_an_interval_that_ends_before_it_starts_is_told_in_the_form(login):
    milestone = MilestoneFactory()
    client = login("author")
    page = url(milestone, "change")
    wrong = {"actual_earliest": "2026-12-31", "actual_latest": "2026-07-01"}
    response = client.post(page, opened(client, page) | wrong)
    assert "The last day comes before the first." in response.content.decode()


def test_a_result_set_in_the_form_says_who_set_it_and_a_new_one_loses_its_check(login, member):
    milestone = EvidenceFactory().milestone
    client = login("author")
    save(client, milestone, result="met", actual_earliest="2026-03-01", actual_latest="2026-03-01")
    assert milestone.result_set_by == client.user
    milestone.checked_by = member("reviewer")
    milestone.save()
    save(client, milestone, title_en="A better title")
    assert milestone.checked_by is not None
    save(client, milestone, result="not_met")
    assert (milestone.result, milestone.checked_by) == ("not_met", None)


def test_a_new_milestone_with_a_result_says_who_set_it(login):
    initiative = InitiativeFactory()
    client = login("author")
    data = opened(client, url(Milestone, "add")) | {
        "initiative": initiative.pk,
        "title_en": "Done",
        "result": "met",
    }
    assert client.post(url(Milestone, "add"), data).status_code == 302
    assert Milestone.objects.get().result_set_by == client.user


# (who, what a POST answers, whether it is checked then)
CHECKERS = [
    ("anonymous", 302, False),
    ("stranger", 403, False),
    ("author", 403, False),
    ("reviewer", 302, True),
    ("publisher", 302, True),
]


@pytest.mark.parametrize(("role", "status", "checked"), CHECKERS)
def test_reviewers_check_results_with_a_button(login, member, role, status, checked):
    milestone = EvidenceFactory(milestone__result="met", milestone__result_set_by=member("author")).milestone
    client = login(role)
    assert client.get(url(milestone, "check")).status_code in (302, 403, 405)
    assert client.post(url(milestone, "check")).status_code == status
    milestone.refresh_from_db()
    assert (milestone.checked_by is not None) is checked


@pytest.mark.parametrize(("role", "status", "checked"), CHECKERS)
def test_reviewers_check_verdicts_with_a_button(login, member, role, status, checked):
    verdict = VerdictFactory(rated_by="us", set_by=member("author"))
    assert login(role).post(url(verdict, "check")).status_code == status
    verdict.refresh_from_db()
    assert (verdict.checked_by is not None) is checked


@pytest.mark.parametrize(("role", "status", "attested"), CHECKERS)
def test_reviewers_attest_with_a_button(login, role, status, attested):
    initiative = published(InitiativeFactory())
    client = login(role)
    assert client.get(url(initiative, "attest")).status_code in (302, 403, 405)
    assert client.post(url(initiative, "attest")).status_code == status
    assert (InitiativeEdition.objects.get().attested_on is not None) is attested


@pytest.mark.parametrize(
    "make",
    [
        lambda by: EvidenceFactory(milestone__result="met", milestone__result_set_by=by).milestone,
        lambda by: VerdictFactory(rated_by="us", set_by=by),
    ],
)
def test_the_button_to_check_is_not_shown_to_who_set_it(login, member, make):
    client = login("reviewer")
    own, anothers = make(client.user), make(member("reviewer"))
    shown = [url(row, "check") in client.get(url(row, "change")).content.decode() for row in (own, anothers)]
    assert shown == [False, True]


def test_still_true_is_offered_only_of_what_is_public(login, superuser):
    client, initiative = login("reviewer"), InitiativeFactory()

    def offered():
        return url(initiative, "attest") in client.get(url(initiative, "change")).content.decode()

    assert not offered()
    published(initiative)
    assert offered()
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Wrong"}, by=superuser)
    assert not offered()


def test_what_was_checked_is_said(login, member):
    client, by = login("reviewer"), member("author")
    milestone = EvidenceFactory(milestone__title_en="Runway", milestone__result="met", milestone__result_set_by=by)
    verdict = VerdictFactory(rated_by="us", set_by=by, initiative__title_en="Airport")
    told = [
        str(*client.post(url(row, "check"), follow=True).context["messages"]) for row in (milestone.milestone, verdict)
    ]
    assert told == ["The result of “Runway” is checked by you.", "The rating of “Airport” is checked by you."]


def test_why_a_check_is_refused_is_said(login):
    client = login("reviewer")
    milestone = EvidenceFactory(milestone__result="met", milestone__result_set_by=client.user).milestone
    page = client.post(url(milestone, "check"), follow=True).content.decode()
    assert "You set this result yourself" in page


def test_a_verdict_saved_in_the_form_says_who_rated(login):
    initiative = InitiativeFactory()
    client = login("author")
    data = opened(client, url(Verdict, "add")) | {
        "initiative": initiative.pk,
        "reasons_en": "Late",
        "rating": "kept_late",
    }
    response = client.post(url(Verdict, "add"), data)
    assert response.status_code == 302, response.context["errors"]
    assert Verdict.objects.get().set_by == client.user


def test_a_verdict_of_two_things_is_refused_in_words(login):
    verdict = VerdictFactory()
    client = login("author")
    data = opened(client, url(verdict, "change")) | {"initiative": ""}
    page = client.post(url(verdict, "change"), data).content.decode()
    assert "A verdict is of one initiative or one announcement." in page


def test_a_published_child_keeps_its_root_and_a_draft_may_move(login):
    public, draft, other = published(MilestoneFactory()), MilestoneFactory(), InitiativeFactory()
    client = login("author")
    data = opened(client, url(public, "change")) | {"initiative": other.pk}
    page = client.post(url(public, "change"), data)
    assert page.context["adminform"].form.errors == {
        "initiative": ["It was published there, and a published thing keeps its place."]
    }
    save(client, draft, initiative=other.pk)
    assert draft.initiative == other


def test_one_language_of_a_name_is_held_back_and_released(login):
    organisation = OrganisationFactory(name_en="Office", name_zh_hant="辦公室")
    client = login("author")
    save(client, organisation, held_texts=["name:zh-hant"])
    assert organisation.text("name") == {"en": "Office"}
    save(client, organisation, held_texts=[])
    assert organisation.text("name")["zh-hant"] == "辦公室"


def test_line_ends_of_a_browser_are_no_news(login):
    initiative = InitiativeFactory(summary_zh_hant="一\n二")
    save(login("author"), initiative, summary_zh_hant="一\r\n二", summary_zh_hans="一\r\n二")
    assert initiative.summary_zh_hant == "一\n二"
    assert initiative.text("summary")["state"] == {"zh-hans": "converted"}


def test_a_blocker_in_a_fact_links_to_the_form_of_the_fact(login):
    evidence = EvidenceFactory(cite=False)
    [blocker] = login("publisher").get(url(evidence.milestone.initiative, "publish")).context["blockers"]
    assert blocker.url == f"{url(evidence, 'change')}#citations-group"


@pytest.mark.parametrize("model", [Statement, Evidence])
def test_the_form_of_a_fact_acts_on_its_root(login, model):
    fact = {Statement: StatementFactory, Evidence: EvidenceFactory}[model]()
    panel = login("publisher").get(url(fact, "change")).context["panel"]
    assert panel.root == fact.milestone.initiative


@pytest.mark.parametrize("model", [Milestone, Outcome])
def test_things_are_found_by_typing(login, model):
    MilestoneFactory(initiative__title_zh_hant="研究院")
    client = login("author")
    query = {
        "app_label": "initiatives",
        "model_name": model._meta.model_name,
        "field_name": "initiative",
        "term": "研究",
    }
    results = client.get("/admin/autocomplete/", query).json()["results"]
    assert [each["text"] for each in results] == [str(Milestone.objects.get().initiative)]


def test_sums_are_written_as_sums_in_lists_and_in_the_tables_of_a_form(login):
    funding = FundingFactory(amount_hkd=100_000_000)
    FigureFactory(amount_hkd=2_500_000)
    FundingFactory(initiative=funding.initiative, amount_hkd=None)
    client = login("author")
    assert "HK$100,000,000" in client.get(url(Funding, "changelist")).content.decode()
    assert "HK$2,500,000" in client.get(url(Figure, "changelist")).content.decode()
    table = next(
        each
        for each in client.get(url(funding.initiative, "change")).context["tables"]
        if each["relation"] == "funding"
    )
    assert [row["cells"][1] for row in table["rows"]] == ["HK$100,000,000", "–"]


def test_people_are_called_by_their_names_and_by_the_username_who_has_none(login, superuser):
    mei, tom = UserFactory(username="mei", first_name="Mei", last_name="Chan"), UserFactory(username="tom")
    row = MilestoneFactory(owner=mei, result="met", result_set_by=mei, checked_by=tom)
    client = login("administrator")
    form, listed = client.get(url(row, "change")), client.get(url(Milestone, "changelist"))
    assert "Result set by Mei Chan, checked by tom." in form.content.decode()
    offered = form.context["adminform"].form.fields["owner"].choices
    assert {"Mei Chan", "tom"} <= {str(label) for _value, label in offered}
    assert {"Mei Chan", "tom"} <= {label for _value, label in listed.context["action_form"].fields["owner"].choices}
    owners = next(each for each in listed.context["cl"].filter_specs if each.title == "owner")
    assert "Mei Chan" in {label for _value, label in owners.lookup_choices}
    assert '<td class="field-owner nowrap">Mei Chan</td>' in listed.content.decode()
