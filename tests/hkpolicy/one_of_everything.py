"""One of everything that is published, and the addresses of the pages that list it."""

from tests.factories import (
    AffiliationFactory,
    ContextFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    OrganisationFactory,
    PageFactory,
    PolicyAreaFactory,
    PostFactory,
    StatementFactory,
    TargetFactory,
    ThemeFactory,
    VerdictFactory,
    published,
)

LANGUAGES = ["en", "zh-hant", "zh-hans"]
LISTS = [
    "/",
    "/initiatives/",
    "/initiatives/?stage=announced&area=ai&organisation=itib&q=institute&sort=name",
    "/milestones/",
    "/milestones/overdue/",
    "/milestones/unknown/",
    "/milestones/calendar/",
    "/milestones/calendar/2026/12/",
    "/announcements/",
    "/experts/",
    "/commentary/",
    "/organisations/",
    "/people/",
    "/areas/",
    "/track-record/",
    "/track-record/cases/",
]
NOW_ONLY = ["/changes/", "/search/", "/search/?q=institute"]


def one_of_everything() -> dict[str, str]:
    """Publish one of everything: {type: slug}."""
    organisation, area = OrganisationFactory(slug="itib"), PolicyAreaFactory(slug="ai")
    person = PostFactory(person__slug="secretary", organisation=organisation).person
    announcement = FigureFactory(announcement__slug="budget", announcement__delivered_by=person).announcement
    initiative = InitiativeFactory(slug="institute", lead=organisation, announced_in=announcement)
    initiative.areas.add(area)
    StatementFactory(milestone__initiative=initiative, person=person)
    TargetFactory(outcome__initiative=initiative)
    FundingFactory(initiative=initiative, announcement=announcement)
    VerdictFactory(initiative=initiative)
    context = ContextFactory(slug="fact", initiative=initiative)
    expert = AffiliationFactory(expert__slug="scholar", organisation=organisation).expert
    commentary = ThemeFactory(commentary__slug="doubt", commentary__expert=expert).commentary
    for row in (organisation, person, area, announcement, initiative, context, expert):
        published(row)
    commentary.initiatives.add(initiative)
    published(commentary)
    published(ForecastFactory(expert=expert, milestone=initiative.milestones.get()))
    published(PageFactory(slug="about"))
    return {
        "initiatives": "institute",
        "announcements": "budget",
        "organisations": "itib",
        "people": "secretary",
        "areas": "ai",
        "context": "fact",
        "experts": "scholar",
        "commentary": "doubt",
    }
