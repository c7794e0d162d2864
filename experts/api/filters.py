"""Query parameters of the API's lists of experts, commentary and forecasts."""

from publishing.api import Choices, EditionFilters, NamedThing, YesNo

from ..choices import Stance


class ExpertFilters(EditionFilters):
    unverified = YesNo(help_text="true: only those who could not be traced.")


class CommentaryFilters(ExpertFilters):
    expert = NamedThing("expert", column="expert", help_text="Slug or content_id.")
    initiative = NamedThing("initiative", relations=("about",), help_text="What it is about: slug or content_id.")
    announcement = NamedThing("announcement", relations=("about",), help_text="What it is about: slug or content_id.")
    stance = Choices(Stance.choices)


class ForecastFilters(EditionFilters):
    expert = NamedThing("expert", column="root_content_id", help_text="Slug or content_id.")
    milestone = NamedThing("milestone", column="milestone", help_text="content_id.")
