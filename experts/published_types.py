"""What this app publishes: one declaration a type."""

from django.utils.translation import gettext_lazy as _

from newsroom.documents.registry import PublishedType, register_types

from . import documents, editions, models
from .presenters.pages import PAGE_PRESENTERS

register_types(
    PublishedType(
        models.Expert,
        editions.ExpertEdition,
        documents.build_expert_document,
        page=PAGE_PRESENTERS["expert"],
        prefetch=("person", "organisation"),
        embedded={"affiliations": ("organisation",)},
        date_ranges=(("affiliations.began", "affiliations.ended"),),
        expected=lambda document: ("field",),
        requires_citation=False,
    ),
    PublishedType(
        models.Commentary,
        editions.CommentaryEdition,
        documents.build_commentary_document,
        page=PAGE_PRESENTERS["commentary"],
        prefetch=("expert", "initiatives", "announcements"),
        embedded={"themes": ()},
        computed_keys={"quote_language": _("language of the quote")},
        problems=documents.find_commentary_problems,
        past_dates=("dated",),
        expected=lambda document: ("summary", "dated", "expert", "citations"),
    ),
    PublishedType(
        models.Forecast,
        editions.ForecastEdition,
        documents.build_forecast_document,
        prefetch=("expert", "milestone"),
        past_dates=("made_on",),
        date_ranges=(("made_on", "by_day"),),
        expected=lambda document: ("made_on", "by_day"),
        requires_title=False,
    ),
)
