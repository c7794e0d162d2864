"""Query parameters of the API's lists of experts, commentary and forecasts."""

from readers.api.filters import ChoicesFilter, EditionFilterSet, SlugOrIdFilter, StrictBooleanFilter

from ..choices import Stance


class ExpertFilters(EditionFilterSet):
    unverified = StrictBooleanFilter(help_text="true: only those who could not be traced.")


class CommentaryFilters(ExpertFilters):
    expert = SlugOrIdFilter("expert", column="expert", help_text="Slug or content_id.")
    initiative = SlugOrIdFilter("initiative", relations=("about",), help_text="What it is about: slug or content_id.")
    announcement = SlugOrIdFilter(
        "announcement", relations=("about",), help_text="What it is about: slug or content_id."
    )
    stance = ChoicesFilter(Stance.choices)


class ForecastFilters(EditionFilterSet):
    expert = SlugOrIdFilter("expert", column="root_content_id", help_text="Slug or content_id.")
    milestone = SlugOrIdFilter("milestone", column="milestone", help_text="content_id.")
