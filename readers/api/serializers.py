"""Serializers that describe the form of documents for OpenAPI. Nothing is serialized with them."""

from functools import partial

from rest_framework import serializers
from rest_framework.serializers import Serializer

from record.choices import ChangeAction, Language, Precision, TextState, UpdateType, YearKind
from record.languages import LANGUAGES

WordsField = partial(serializers.CharField, allow_blank=True)
DayField = partial(serializers.DateField, allow_null=True)
NumberField = partial(serializers.FloatField, allow_null=True)
LanguageField = partial(serializers.ChoiceField, choices=Language.choices, allow_null=True)


def hong_kong_dollars_field(**options):
    """Return a field for an amount in whole Hong Kong dollars."""
    return serializers.IntegerField(allow_null=True, help_text="Whole Hong Kong dollars.", **options)


TextStatesSerializer = type(
    "TextStates",
    (Serializer,),
    {language: serializers.ChoiceField(TextState.choices, required=False) for language in LANGUAGES}
    | {"__doc__": "Languages whose text is not plain: converted from another script, not yet reviewed, or stale."},
)
TextSerializer = type(
    "Text",
    (Serializer,),
    {language: serializers.CharField(required=False) for language in LANGUAGES}
    | {"state": TextStatesSerializer(required=False), "__doc__": "A text; only languages that have it."},
)


class FuzzyDateSerializer(Serializer):
    """A date as vague as the words that gave it: an interval, and the phrase."""

    earliest = DayField()
    latest = DayField()
    phrase = WordsField()
    precision = serializers.ChoiceField(Precision.choices)
    year_kind = serializers.ChoiceField(YearKind.choices)
    at_the_earliest = serializers.BooleanField(help_text="The end then counts as open.")
    edtf = WordsField(help_text="Extended Date/Time Format, level 1.")


class ReferenceSerializer(Serializer):
    """Another published thing, by its name of now."""

    type = serializers.CharField()
    content_id = serializers.UUIDField()
    slug = serializers.CharField(allow_null=True, help_text="Roots have one.")
    title = TextSerializer(allow_null=True)
    relation = serializers.CharField(required=False)
    withdrawn = serializers.BooleanField(required=False, help_text="Present, and true, where it was withdrawn.")


class PublishedSerializer(Serializer):
    """What every published thing has."""

    type = serializers.CharField()
    content_id = serializers.UUIDField()
    edition = serializers.IntegerField(help_text="Counts up with each edition of this thing.")
    published_at = serializers.DateTimeField(help_text="Of this edition.")
    first_published_at = serializers.DateTimeField()


class AddressedSerializer(PublishedSerializer):
    url = serializers.URLField()


class PageSerializer(AddressedSerializer):
    """A page of the site, in Markdown."""

    slug = serializers.CharField()
    title = TextSerializer(allow_null=True)
    body = TextSerializer(allow_null=True)
    position = serializers.IntegerField()


class RootSerializer(Serializer):
    """What it belongs to, or itself: read it anew, it holds its children."""

    type = serializers.CharField()
    content_id = serializers.UUIDField()
    url = serializers.URLField()


class ChangeSerializer(Serializer):
    """What one publication did to one thing. `redacted`: purge all you hold of it, of every time, and read it anew."""

    id = serializers.IntegerField(help_text="Commits in order: ask for what comes after the last you have seen.")
    publication = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    action = serializers.ChoiceField(ChangeAction.choices)
    update_type = serializers.ChoiceField(UpdateType.choices)
    note = TextSerializer(allow_null=True, help_text="The change note, or the reason of a withdrawal or redaction.")
    type = serializers.CharField()
    content_id = serializers.UUIDField()
    edition = serializers.IntegerField(
        allow_null=True, help_text="null for a redaction, and for a root that lost a child to another."
    )
    root = RootSerializer()
    url = serializers.URLField(help_text="Of the thing, or of its root where it has no address of its own.")


class HitSerializer(Serializer):
    """Something that search found."""

    type = serializers.CharField()
    content_id = serializers.UUIDField()
    slug = serializers.CharField(allow_null=True)
    title = TextSerializer(allow_null=True)
    root = serializers.UUIDField(help_text="content_id of the root it belongs to, or its own.")
    url = serializers.URLField()


class WrongParameterSerializer(Serializer):
    parameter = serializers.CharField()
    detail = serializers.CharField()


class SuccessorSerializer(Serializer):
    type = serializers.CharField()
    content_id = serializers.UUIDField()


class ProblemSerializer(Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    code = serializers.CharField(required=False)
    errors = WrongParameterSerializer(many=True, required=False, help_text="The query parameters that were wrong.")
    content_id = serializers.UUIDField(required=False, help_text="Of what was withdrawn.")
    reason = TextSerializer(required=False, allow_null=True, help_text="The public reason of a withdrawal.")
    withdrawn_at = serializers.DateTimeField(required=False)
    successor = SuccessorSerializer(required=False, help_text="What stands in the place of what was withdrawn.")
    recorded_since = serializers.DateTimeField(required=False, help_text="When the record of this type begins.")
