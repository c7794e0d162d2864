"""Serializers of initiatives and what belongs to them: they describe the documents in OpenAPI."""

from rest_framework import serializers
from rest_framework.serializers import Serializer

from readers.api.serializers import (
    AddressedSerializer,
    DayField,
    FuzzyDateSerializer,
    LanguageField,
    NumberField,
    PublishedSerializer,
    ReferenceSerializer,
    TextSerializer,
    WordsField,
)
from readers.api.serializers import hong_kong_dollars_field as dollars
from record.choices import Language

from .. import choices


def _choice_field(vocabulary, **options):
    return serializers.ChoiceField(vocabulary.choices, **options)


def _text_field(**options):
    return TextSerializer(allow_null=True, **options)


def _date_field(**options):
    return FuzzyDateSerializer(allow_null=True, **options)


def _reference_field(**options):
    return ReferenceSerializer(allow_null=True, **options)


class SourceNameSerializer(Serializer):
    content_id = serializers.UUIDField()
    url = serializers.CharField(allow_null=True)
    title = WordsField()
    language = serializers.ChoiceField(Language.choices)


class SourceSerializer(SourceNameSerializer):
    """One document that is cited."""

    publisher = WordsField()
    tier = _choice_field(choices.Tier)
    published = _date_field()
    accessed_on = DayField()
    derived_from = SourceNameSerializer(allow_null=True)
    versions = SourceNameSerializer(many=True, help_text="The same work in other languages.")


class CitationSerializer(Serializer):
    content_id = serializers.UUIDField()
    locator = WordsField(help_text="Such as ¶39, p. 12 or 04:10.")
    quote = WordsField()
    quote_language = LanguageField()
    supports = WordsField(help_text="What it supports.")
    source = SourceSerializer()


class CitedSerializer(Serializer):
    citations = CitationSerializer(many=True)


class StatementSerializer(CitedSerializer):
    """Dated official words; the first that promise a date are the promise, the last are current."""

    content_id = serializers.UUIDField()
    person = _reference_field()
    organisation = _reference_field()
    stated = _date_field()
    claim = _choice_field(choices.Claim)
    promised = _date_field()
    phrase_language = LanguageField()
    inferred = serializers.BooleanField()


class EvidenceSerializer(CitedSerializer):
    """What independent material shows."""

    content_id = serializers.UUIDField()
    summary = _text_field()
    supports = _choice_field(choices.Supports)
    dated = _date_field()
    searched = serializers.ListField(child=serializers.CharField())
    holds_until = DayField()


class DaysLateSerializer(Serializer):
    first = serializers.IntegerField(allow_null=True, help_text="Against the first promise.")
    current = serializers.IntegerField(allow_null=True, help_text="Against the current promise.")


class MilestoneSerializer(AddressedSerializer, CitedSerializer):
    """What should have happened by a time, or did."""

    schedule = _choice_field(choices.MilestoneSchedule, help_text="Computed for today in Hong Kong, or for as_of.")
    days_late = DaysLateSerializer()
    initiative = _reference_field()
    title = _text_field()
    summary = _text_field()
    note = _text_field()
    kind = _choice_field(choices.MilestoneKind)
    result = _choice_field(choices.Result)
    actual = _date_field()
    first_promise = _date_field()
    current_promise = _date_field()
    moves = serializers.IntegerField(help_text="How often the promised date moved.")
    statements = StatementSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    position = serializers.IntegerField()


class TargetSerializer(CitedSerializer):
    content_id = serializers.UUIDField()
    kind = _choice_field(choices.TargetKind)
    value = NumberField()
    words = WordsField()
    words_language = LanguageField()
    due_on = DayField()
    set_by = WordsField()
    set_on = _date_field()


class ObservationSerializer(CitedSerializer):
    content_id = serializers.UUIDField()
    observed = _date_field()
    value = NumberField()
    qualifier = _choice_field(choices.Qualifier)
    status = _choice_field(choices.ObservationStatus)
    method_break = serializers.BooleanField()
    note = _text_field()


class BaselineSerializer(Serializer):
    value = NumberField()
    date = _date_field()
    note = _text_field()


class OutcomeSerializer(AddressedSerializer, CitedSerializer):
    """An indicator with its targets and observations."""

    status = _choice_field(choices.OutcomeStatus, help_text="Computed for today in Hong Kong, or for as_of.")
    initiative = _reference_field()
    title = _text_field()
    summary = _text_field()
    unit = WordsField()
    direction = _choice_field(choices.Direction)
    aggregation = _choice_field(choices.Aggregation)
    expected_every = serializers.IntegerField(allow_null=True, help_text="Months.")
    baseline = BaselineSerializer(allow_null=True)
    targets = TargetSerializer(many=True)
    observations = ObservationSerializer(many=True)
    position = serializers.IntegerField()


class FundingSerializer(AddressedSerializer, CitedSerializer):
    """Money at one stage, from announced to spent."""

    initiative = _reference_field()
    announcement = _reference_field()
    title = _text_field()
    note = _text_field()
    stage = _choice_field(choices.FundingStage)
    payer = _choice_field(choices.Payer)
    amount_hkd = dollars()
    qualifier = _choice_field(choices.Qualifier)
    dated = _date_field()
    fiscal_year = WordsField()
    part_of = _reference_field(help_text="Counted there already.")
    restates = _reference_field(help_text="The same money, told again.")
    position = serializers.IntegerField()


class VerdictSerializer(PublishedSerializer, CitedSerializer):
    """A rating with reasons, and who rates."""

    initiative = _reference_field()
    announcement = _reference_field()
    outcome = _reference_field()
    target = serializers.UUIDField(allow_null=True)
    rating = _choice_field(choices.Rating)
    clarity = _choice_field(choices.Clarity, allow_null=True)
    confidence = _choice_field(choices.Confidence, allow_null=True)
    rated_by = _choice_field(choices.RatedBy)
    monitor = _reference_field()
    rated_on = DayField()
    reasons = _text_field()


class TotalSerializer(Serializer):
    stage = _choice_field(choices.FundingStage)
    payer = _choice_field(choices.Payer)
    amount_hkd = serializers.IntegerField(help_text="Whole Hong Kong dollars; nested and restated rows left out.")


class InitiativeSerializer(AddressedSerializer, CitedSerializer):
    """What was promised, with everything that belongs to it."""

    money = TotalSerializer(many=True)
    schedules = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many milestones have each schedule."
    )
    milestones = MilestoneSerializer(many=True)
    outcomes = OutcomeSerializer(many=True)
    funding = FundingSerializer(many=True)
    verdicts = VerdictSerializer(many=True)
    slug = serializers.CharField()
    title = _text_field()
    aliases = serializers.ListField(child=serializers.CharField())
    summary = _text_field()
    body = _text_field()
    lead = _reference_field()
    partners = ReferenceSerializer(many=True)
    areas = ReferenceSerializer(many=True)
    stage = _choice_field(choices.Stage)
    announced = _date_field()
    announced_in = _reference_field()
    relations = ReferenceSerializer(many=True)
    attested_on = DayField(help_text="When an editor last said that this is still true.")
    statements = StatementSerializer(many=True)


class FigureSerializer(PublishedSerializer, CitedSerializer):
    """A fiscal figure in one of its vintages: an amount, a range or a count."""

    announcement = _reference_field()
    title = _text_field()
    note = _text_field()
    fiscal_year = WordsField()
    vintage = _choice_field(choices.Vintage)
    as_at = DayField()
    published_on = DayField()
    after_bonds = serializers.BooleanField(allow_null=True)
    qualifier = _choice_field(choices.Qualifier)
    amount_hkd = dollars()
    amount_low_hkd = dollars()
    amount_high_hkd = dollars()
    count = NumberField()
    unit = WordsField()
    position = serializers.IntegerField()


class AnnouncementSerializer(AddressedSerializer, CitedSerializer):
    """A Budget or a Policy Address."""

    figures = FigureSerializer(many=True)
    verdicts = VerdictSerializer(many=True)
    slug = serializers.CharField()
    title = _text_field()
    summary = _text_field()
    kind = _choice_field(choices.AnnouncementKind)
    fiscal_year = WordsField()
    delivered_on = DayField()
    delivered_by = _reference_field()
    speech = SourceSerializer(allow_null=True)
    passed_on = DayField()
    key_phrase = WordsField()
    statements = StatementSerializer(many=True)


class OrganisationSerializer(AddressedSerializer, CitedSerializer):
    slug = serializers.CharField()
    name = _text_field()
    aliases = serializers.ListField(child=serializers.CharField())
    former_names = serializers.ListField(child=serializers.CharField())
    summary = _text_field()
    kind = WordsField()
    parent = _reference_field()
    founded = _date_field()


class PostSerializer(Serializer):
    content_id = serializers.UUIDField()
    title = _text_field()
    organisation = _reference_field()
    began = _date_field()
    ended = _date_field()


class PersonSerializer(AddressedSerializer, CitedSerializer):
    slug = serializers.CharField()
    name = _text_field()
    honorific = WordsField()
    aliases = serializers.ListField(child=serializers.CharField())
    summary = _text_field()
    kind = WordsField()
    posts = PostSerializer(many=True)


class AreaSerializer(AddressedSerializer):
    """A policy area."""

    slug = serializers.CharField()
    title = _text_field()


class ContextSerializer(AddressedSerializer, CitedSerializer):
    """A fact, or a known conflict between sources."""

    slug = serializers.CharField()
    body = _text_field()
    kind = _choice_field(choices.ContextKind)
    initiative = _reference_field()
    announcement = _reference_field()
