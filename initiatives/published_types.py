"""What this app publishes: one declaration a type, and one for each model whose rows stand inside their documents."""

from django.utils.translation import gettext_lazy as _

from newsroom.documents.registry import Deserializer, EmbeddedType, PublishedType, register_types

from . import editions, models
from .choices import MilestoneKind
from .documents import announcements, initiatives, milestones, outcomes, parties, parts
from .presenters.pages import PAGE_PRESENTERS

EMBEDDED_STATEMENTS = {"statements": ("person", "organisation")}
SOURCE_PREFETCH = ("derived_from", "translation_of", "translations")

register_types(
    PublishedType(
        models.Initiative,
        editions.InitiativeEdition,
        initiatives.build_initiative_document,
        page=PAGE_PRESENTERS["initiative"],
        prefetch=("lead", "partners", "areas", "announced_in"),
        embedded=EMBEDDED_STATEMENTS | {"relations": ("other",)},
        deserialize=Deserializer(preprocess=initiatives.unfold_relations),
        past_dates=("statements.stated",),
        expected=lambda document: ("summary", "lead", "areas", "announced", "citations"),
        expected_children=("milestone", "outcome"),
    ),
    PublishedType(
        models.Milestone,
        editions.MilestoneEdition,
        milestones.build_milestone_document,
        prefetch=("initiative",),
        embedded=EMBEDDED_STATEMENTS | {"evidence": ()},
        computed_keys={
            "first_promise": _("first promise"),
            "current_promise": _("current promise"),
            "moves": _("times moved"),
        },
        deserialize=Deserializer(before_save=milestones.reset_changed_result),
        problems=milestones.find_milestone_problems,
        past_dates=("actual", "statements.stated", "evidence.dated"),
        expected=lambda document: ("statements",) if document["kind"] == MilestoneKind.PROMISE else ("actual",),
        requires_citation=False,
        may_lack_citation=milestones.needs_no_citation,
    ),
    PublishedType(
        models.Outcome,
        editions.OutcomeEdition,
        outcomes.build_outcome_document,
        prefetch=("initiative",),
        embedded={"targets": (), "observations": ()},
        computed_keys={"baseline_date": _("date of the baseline")},
        deserialize=Deserializer(
            preprocess=outcomes.unfold_baseline,
            json_path={
                "baseline_value": "baseline/value",
                "baseline": "baseline/date",
                "baseline_note": "baseline/note",
            },
        ),
        problems=outcomes.find_outcome_problems,
        past_dates=("observations.observed",),
        expected=lambda document: ("unit", "targets", "observations"),
        requires_citation=False,
    ),
    PublishedType(
        models.Funding,
        editions.FundingEdition,
        initiatives.build_funding_document,
        prefetch=("initiative", "announcement", "part_of", "restates"),
        problems=initiatives.find_funding_problems,
        expected=lambda document: ("dated",),
    ),
    PublishedType(
        models.Verdict,
        editions.VerdictEdition,
        initiatives.build_verdict_document,
        prefetch=("initiative", "announcement", "target__outcome", "monitor"),
        computed_keys={"outcome": models.Outcome._meta.verbose_name},
        deserialize=Deserializer(preprocess=initiatives.unfold_target, before_save=initiatives.reset_changed_verdict),
        problems=initiatives.find_verdict_problems,
        past_dates=("rated_on",),
    ),
    PublishedType(
        models.Announcement,
        editions.AnnouncementEdition,
        announcements.build_announcement_document,
        page=PAGE_PRESENTERS["announcement"],
        prefetch=("delivered_by", *(f"speech__{relation}" for relation in SOURCE_PREFETCH)),
        embedded=EMBEDDED_STATEMENTS,
        past_dates=("statements.stated",),
        date_ranges=(("delivered_on", "passed_on"),),
        expected=lambda document: ("summary", "delivered_on", "delivered_by", "speech", "citations"),
        expected_children=("figure",),
    ),
    PublishedType(
        models.Figure, editions.FigureEdition, announcements.build_figure_document, prefetch=("announcement",)
    ),
    PublishedType(
        models.Context,
        editions.ContextEdition,
        announcements.build_context_document,
        page=PAGE_PRESENTERS["context"],
        prefetch=("initiative", "announcement"),
        problems=announcements.find_context_problems,
        requires_citation=False,
    ),
    PublishedType(
        models.PolicyArea,
        editions.AreaEdition,
        parties.build_area_document,
        page=PAGE_PRESENTERS["area"],
        requires_citation=False,
        publish_along=True,
    ),
    PublishedType(
        models.Organisation,
        editions.OrganisationEdition,
        parties.build_organisation_document,
        page=PAGE_PRESENTERS["organisation"],
        prefetch=("parent",),
        publish_along=True,
    ),
    PublishedType(
        models.Person,
        editions.PersonEdition,
        parties.build_person_document,
        page=PAGE_PRESENTERS["person"],
        embedded={"posts": ("organisation",)},
        date_ranges=(("posts.began", "posts.ended"),),
        expected=lambda document: ("posts", "citations"),
        publish_along=True,
    ),
    EmbeddedType(
        models.Statement,
        computed_keys={"phrase_language": _("language of the phrase")},
        deserialize=Deserializer(in_document_order=milestones.in_stated_order),
    ),
    EmbeddedType(models.Target, computed_keys={"words_language": _("language of the words")}),
    EmbeddedType(
        models.Citation,
        computed_keys={"quote_language": _("language of the quote")},
        holders=models.sources.Cited,
        relation="citations",
        prefetch=tuple(f"source__{relation}" for relation in SOURCE_PREFETCH),
    ),
    EmbeddedType(
        models.Source,
        computed_keys={"versions": _("language versions")},
        deserialize=Deserializer(recreatable=True, after_create=parts.relink_language_versions),
    ),
)
