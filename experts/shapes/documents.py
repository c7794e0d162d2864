"""Serializers of experts, commentary and forecasts: they describe the documents in OpenAPI."""

from rest_framework import serializers
from rest_framework.serializers import Serializer

from initiatives.shapes.documents import Cited, Post
from publishing.shapes.documents import Addressed, Day, FuzzyDate, LanguageOf, Reference, Text, Words

from ..choices import Stance, ThemeKind


class Affiliation(Post):
    pass


class Forecast(Addressed, Cited):
    """A dated probability that a milestone is met by a day."""

    expert = Reference(allow_null=True)
    milestone = Reference(allow_null=True)
    made_on = Day()
    by_day = Day()
    probability = serializers.FloatField(allow_null=True, help_text="From 0 to 1.")
    note = Text(allow_null=True)


class Expert(Addressed):
    """A person or an organisation that speaks."""

    forecasts = Forecast(many=True)
    slug = serializers.CharField()
    name = Text(allow_null=True)
    field = Text(allow_null=True)
    interests = Text(allow_null=True, help_text="As disclosed.")
    unverified = serializers.BooleanField(help_text="Could not be traced.")
    person = Reference(allow_null=True)
    organisation = Reference(allow_null=True)
    affiliations = Affiliation(many=True)


class Theme(Serializer):
    content_id = serializers.UUIDField()
    kind = serializers.ChoiceField(ThemeKind.choices)
    words = Text(allow_null=True)


class Commentary(Addressed, Cited):
    """An expert's words about initiatives, announcements or the subject at large."""

    slug = serializers.CharField()
    title = Text(allow_null=True)
    expert = Reference(allow_null=True)
    initiatives = Reference(many=True)
    announcements = Reference(many=True)
    dated = FuzzyDate(allow_null=True)
    stance = serializers.ChoiceField(Stance.choices)
    themes = Theme(many=True)
    summary = Text(allow_null=True)
    quote = Words()
    quote_language = LanguageOf()
    unverified = serializers.BooleanField(help_text="Could not be traced to its author's own words.")
