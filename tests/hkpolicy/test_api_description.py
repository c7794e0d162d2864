"""The description tells what the API really answers."""

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from experts.models import Expert
from hkpolicy.api.endpoints import ENDPOINTS
from hkpolicy.api.schema_hooks import get_openapi_schema
from newsroom.actions.withdraw import withdraw
from record.dates import FuzzyDate
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


@pytest.fixture
def record(superuser):
    """One of everything, with as little missing as can be."""
    day = FuzzyDate.from_day(date(2026, 1, 31))
    texts = {"title_en": "Opens", "title_zh_hant": "啟用", "summary_en": "Words"}
    person, organisation = factories.PersonFactory(), factories.OrganisationFactory(founded=day)
    factories.PostFactory(person=person, organisation=organisation)
    announcement = factories.AnnouncementFactory(speech=factories.SourceFactory(), delivered_by=person, **texts)
    factories.FigureFactory(announcement=announcement)
    factories.StatementFactory(announcement=announcement, milestone=None, person=person, stated=day)
    initiative = factories.InitiativeFactory(lead=organisation, announced_in=announcement, announced=day, **texts)
    initiative.areas.add(factories.PolicyAreaFactory())
    milestone = factories.MilestoneFactory(initiative=initiative, actual=day, **texts)
    factories.StatementFactory(milestone=milestone, promised=day, organisation=organisation)
    factories.EvidenceFactory(milestone=milestone, dated=day)
    outcome = factories.OutcomeFactory(initiative=initiative, baseline_value=1, baseline=day, **texts)
    factories.TargetFactory(outcome=outcome, due_on=date(2027, 1, 1), set_on=day)
    factories.ObservationFactory(outcome=outcome, observed=day, value="2.5")
    whole = factories.FundingFactory(initiative=initiative, announcement=announcement, dated=day)
    factories.FundingFactory(initiative=initiative, part_of=whole)
    factories.VerdictFactory(initiative=initiative)
    expert = factories.ExpertFactory(person=person)
    factories.AffiliationFactory(expert=expert, organisation=organisation)
    commentary = factories.CommentaryFactory(expert=expert, dated=day, quote="Too late", **texts)
    commentary.initiatives.add(initiative)
    factories.ThemeFactory(commentary=commentary)
    for row in (announcement, initiative, commentary.expert):
        factories.published(row)
    factories.published(factories.ForecastFactory(expert=Expert.objects.get(), milestone=milestone))
    for row in (commentary, factories.ContextFactory(initiative=initiative), factories.PageFactory()):
        factories.published(row)
    gone = factories.published(factories.InitiativeFactory(slug="gone"))
    withdraw(root=("initiative", str(gone.content_id)), reason={"en": "Mistake"}, by=superuser)


@pytest.fixture
def described(client):
    """Asks, and holds the answer against its description; what the description lacks is an error too."""
    whole = json.loads(client.get("/api/v1/schema/").content)
    for component in whole["components"]["schemas"].values():
        if "properties" in component:
            component["additionalProperties"] = False

    def check(template, address, query=None):
        response = client.get(address, query)
        media_type = response["Content-Type"]
        said = whole["paths"][template]["get"]["responses"][str(response.status_code)]["content"][media_type]
        lines = response.getvalue().splitlines() if media_type == "application/jsonl" else [response.content]
        schema = said["schema"]
        if media_type == "application/jsonl":
            plural = address.split("/")[-1].removesuffix(".jsonl")
            detail = whole["paths"][f"/api/v1/{plural}/{{name}}/"]["get"]["responses"]["200"]["content"]
            schema = detail["application/json"]["schema"]
        validator = Draft202012Validator(schema | {"components": whole["components"]})
        bodies = [json.loads(line) for line in lines]
        assert [f"{each.json_path}: {each.message}" for body in bodies for each in validator.iter_errors(body)] == []
        return response.status_code, bodies[0]

    return check


@pytest.mark.parametrize("plural", ENDPOINTS)
def test_lists_details_and_exports_are_what_is_described(record, described, plural):
    status, body = described(f"/api/v1/{plural}/", f"/api/v1/{plural}/")
    assert (status, bool(body["results"])) == (200, True)
    for each in body["results"]:
        assert described(f"/api/v1/{plural}/{{name}}/", each["url"])[0] == 200
    assert described("/api/v1/exports/{plural}.jsonl", f"/api/v1/exports/{plural}.jsonl")[0] == 200


def test_the_other_endpoints_are_what_is_described(record, described):
    for path in ("", "changes/", "exports/"):
        assert described(f"/api/v1/{path}", f"/api/v1/{path}")[0] == 200
    status, body = described("/api/v1/search/", "/api/v1/search/", {"q": "opens"})
    assert (status, {each["type"] for each in body["results"]}) == (
        200,
        {"initiative", "milestone", "outcome", "announcement", "commentary"},
    )


def test_problems_are_what_is_described(record, described):
    for query in ({"as_of": "nonsense"}, {"colour": "red"}):
        assert described("/api/v1/initiatives/", "/api/v1/initiatives/", query)[0] == 400
    for name, query, status in [
        ("gone", {}, 410),
        ("nothing", {}, 404),
        ("initiative-0", {"as_of": "2001-01-01"}, 404),
        ("gone", {"colour": "red"}, 400),
    ]:
        assert described("/api/v1/initiatives/{name}/", f"/api/v1/initiatives/{name}/", query)[0] == status


def test_every_query_parameter_that_is_taken_is_described_and_no_other():
    for plural, viewset in ENDPOINTS.items():
        for template, action in ((f"/api/v1/{plural}/", "list"), (f"/api/v1/{plural}/{{name}}/", "retrieve")):
            parameters = get_openapi_schema()["paths"][template]["get"]["parameters"]
            told = {each["name"] for each in parameters if each["in"] == "query"}
            assert told == viewset(action=action).known_parameters()


def test_nobody_needs_credentials_and_it_is_openapi_3_1(client):
    whole = client.get("/api/v1/schema/").json()
    assert (whole["openapi"][:3], whole["security"]) == ("3.1", [])
    assert not [each for path in whole["paths"].values() for each in path.values() if each.get("security")]


def test_the_page_of_the_api_takes_everything_from_ourselves(client):
    page = client.get("/api/v1/docs/")
    script = client.get("/api/v1/docs/?script=")
    assert (page.status_code, script.status_code) == (200, 200)
    assert "://" not in page.content.decode()
    assert "/api/v1/schema/" in script.content.decode()


def test_the_page_of_the_docs_answers_whatever_it_is_asked_with(client):
    asked = client.options("/api/v1/docs/")
    assert (asked.status_code, asked["Allow"]) == (200, "GET, HEAD, OPTIONS")
    refused = [client.post("/api/v1/docs/"), client.get("/api/v1/docs/", headers={"Accept": "image/png"})]
    assert [(each.status_code, each["Content-Type"]) for each in refused] == [
        (405, "application/problem+json"),
        (406, "application/problem+json"),
    ]
    assert [each.json()["status"] for each in refused] == [405, 406]
