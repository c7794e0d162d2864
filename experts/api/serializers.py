"""Serializers of experts, commentary and forecasts: they describe the documents in OpenAPI."""

from rest_framework import serializers
from rest_framework.serializers import Serializer

from initiatives.api.serializers import CitedSerializer, PostSerializer
from readers.api.serializers import (
    AddressedSerializer,
    DayField,
    FuzzyDateSerializer,
    LanguageField,
    ReferenceSerializer,
    TextSerializer,
    WordsField,
)

from ..choices import Stance, ThemeKind


class AffiliationSerializer(PostSerializer):
    pass


class ForecastSerializer(AddressedSerializer, CitedSerializer):
    """A dated probability that a milestone is met by a day."""

    expert = ReferenceSerializer(allow_null=True)
    milestone = ReferenceSerializer(allow_null=True)
    made_on = DayField()
    by_day = DayField()
    probability = serializers.FloatField(allow_null=True, help_text="From 0 to 1.")
    note = TextSerializer(allow_null=True)


class ExpertSerializer(AddressedSerializer):
    """A person or an organisation that speaks."""

    forecasts = ForecastSerializer(many=True)
    slug = serializers.CharField()
    name = TextSerializer(allow_null=True)
    field = TextSerializer(allow_null=True)
    interests = TextSerializer(allow_null=True, help_text="As disclosed.")
    unverified = serializers.BooleanField(help_text="Could not be traced.")
    person = ReferenceSerializer(allow_null=True)
    organisation = ReferenceSerializer(allow_null=True)
    affiliations = AffiliationSerializer(many=True)


class ThemeSerializer(Serializer):
    content_id = serializers.UUIDField()
    kind = serializers.ChoiceField(ThemeKind.choices)
    words = TextSerializer(allow_null=True)


class CommentarySerializer(AddressedSerializer, CitedSerializer):
    """What an expert said of initiatives, of announcements or of the subject at large."""

    slug = serializers.CharField()
    title = TextSerializer(allow_null=True)
    expert = ReferenceSerializer(allow_null=True)
    initiatives = ReferenceSerializer(many=True)
    announcements = ReferenceSerializer(many=True)
    dated = FuzzyDateSerializer(allow_null=True)
    stance = serializers.ChoiceField(Stance.choices)
    themes = ThemeSerializer(many=True)
    summary = TextSerializer(allow_null=True)
    quote = WordsField()
    quote_language = LanguageField()
    unverified = serializers.BooleanField(help_text="Could not be traced to its author's own words.")
