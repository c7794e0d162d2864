"""Serializers of initiatives and what belongs to them: they describe the documents in OpenAPI."""

from rest_framework import serializers
from rest_framework.serializers import Serializer

from publishing.choices import Language
from publishing.shapes.documents import Addressed, Day, FuzzyDate, LanguageOf, Number, Published, Reference, Text, Words
from publishing.shapes.documents import hong_kong_dollars as dollars

from .. import choices


def _choice(vocabulary, **options):
    return serializers.ChoiceField(vocabulary.choices, **options)


def _text(**options):
    return Text(allow_null=True, **options)


def _date(**options):
    return FuzzyDate(allow_null=True, **options)


def _named(**options):
    return Reference(allow_null=True, **options)


class SourceName(Serializer):
    content_id = serializers.UUIDField()
    url = serializers.CharField(allow_null=True)
    title = Words()
    language = serializers.ChoiceField(Language.choices)


class Source(SourceName):
    """One document that is cited."""

    publisher = Words()
    tier = _choice(choices.Tier)
    published = _date()
    accessed_on = Day()
    derived_from = SourceName(allow_null=True)
    versions = SourceName(many=True, help_text="The same work in other languages.")


class Citation(Serializer):
    content_id = serializers.UUIDField()
    locator = Words(help_text="Such as ¶39, p. 12 or 04:10.")
    quote = Words()
    quote_language = LanguageOf()
    supports = Words(help_text="What it supports.")
    source = Source()


class Cited(Serializer):
    citations = Citation(many=True)


class Statement(Cited):
    """Dated official words. Of those that promise a date, the first is the promise and the last is current."""

    content_id = serializers.UUIDField()
    person = _named()
    organisation = _named()
    stated = _date()
    claim = _choice(choices.Claim)
    promised = _date()
    phrase_language = LanguageOf()
    inferred = serializers.BooleanField()


class Evidence(Cited):
    """Independent material, and what it shows."""

    content_id = serializers.UUIDField()
    summary = _text()
    supports = _choice(choices.Supports)
    dated = _date()
    searched = serializers.ListField(child=serializers.CharField())
    holds_until = Day()


class DaysLate(Serializer):
    first = serializers.IntegerField(allow_null=True, help_text="Against the first promise.")
    current = serializers.IntegerField(allow_null=True, help_text="Against the current promise.")


class Milestone(Addressed, Cited):
    """A promise to be kept by a time, or an event."""

    schedule = _choice(choices.Schedule, help_text="Computed for today in Hong Kong, or for as_of.")
    days_late = DaysLate()
    initiative = _named()
    title = _text()
    summary = _text()
    note = _text()
    kind = _choice(choices.MilestoneKind)
    result = _choice(choices.Result)
    actual = _date()
    first_promise = _date()
    current_promise = _date()
    moves = serializers.IntegerField(help_text="How often the promised date moved.")
    statements = Statement(many=True)
    evidence = Evidence(many=True)
    position = serializers.IntegerField()


class Target(Cited):
    content_id = serializers.UUIDField()
    kind = _choice(choices.TargetKind)
    value = Number()
    words = Words()
    words_language = LanguageOf()
    due_on = Day()
    set_by = Words()
    set_on = _date()


class Observation(Cited):
    content_id = serializers.UUIDField()
    observed = _date()
    value = Number()
    qualifier = _choice(choices.Qualifier)
    status = _choice(choices.ObservationStatus)
    method_break = serializers.BooleanField()
    note = _text()


class Baseline(Serializer):
    value = Number()
    date = _date()
    note = _text()


class Outcome(Addressed, Cited):
    """An indicator with its targets and observations."""

    status = _choice(choices.OutcomeStatus, help_text="Computed for today in Hong Kong, or for as_of.")
    initiative = _named()
    title = _text()
    summary = _text()
    unit = Words()
    direction = _choice(choices.Direction)
    aggregation = _choice(choices.Aggregation)
    expected_every = serializers.IntegerField(allow_null=True, help_text="Months.")
    baseline = Baseline(allow_null=True)
    targets = Target(many=True)
    observations = Observation(many=True)
    position = serializers.IntegerField()


class Funding(Addressed, Cited):
    """Money at one stage, from announced to spent."""

    initiative = _named()
    announcement = _named()
    title = _text()
    note = _text()
    stage = _choice(choices.FundingStage)
    payer = _choice(choices.Payer)
    amount_hkd = dollars()
    qualifier = _choice(choices.Qualifier)
    dated = _date()
    fiscal_year = Words()
    part_of = _named(help_text="Counted there already.")
    restates = _named(help_text="The same money, told again.")
    position = serializers.IntegerField()


class Verdict(Published, Cited):
    """A rating with reasons, and who rates."""

    initiative = _named()
    announcement = _named()
    outcome = _named()
    target = serializers.UUIDField(allow_null=True)
    rating = _choice(choices.Rating)
    clarity = _choice(choices.Clarity, allow_null=True)
    confidence = _choice(choices.Confidence, allow_null=True)
    rated_by = _choice(choices.RatedBy)
    monitor = _named()
    rated_on = Day()
    reasons = _text()


class Total(Serializer):
    stage = _choice(choices.FundingStage)
    payer = _choice(choices.Payer)
    amount_hkd = serializers.IntegerField(help_text="Whole Hong Kong dollars; nested and restated rows left out.")


class Initiative(Addressed, Cited):
    """An initiative, with everything that belongs to it."""

    money = Total(many=True)
    schedules = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many milestones have each schedule."
    )
    milestones = Milestone(many=True)
    outcomes = Outcome(many=True)
    funding = Funding(many=True)
    verdicts = Verdict(many=True)
    slug = serializers.CharField()
    title = _text()
    aliases = serializers.ListField(child=serializers.CharField())
    summary = _text()
    body = _text()
    lead = _named()
    partners = Reference(many=True)
    areas = Reference(many=True)
    stage = _choice(choices.Stage)
    announced = _date()
    announced_in = _named()
    relations = Reference(many=True)
    attested_on = Day(help_text="When an editor last said that this is still true.")
    statements = Statement(many=True)


class Figure(Published, Cited):
    """A fiscal figure in one of its vintages: an amount, a range or a count."""

    announcement = _named()
    title = _text()
    note = _text()
    fiscal_year = Words()
    vintage = _choice(choices.Vintage)
    as_at = Day()
    published_on = Day()
    after_bonds = serializers.BooleanField(allow_null=True)
    qualifier = _choice(choices.Qualifier)
    amount_hkd = dollars()
    amount_low_hkd = dollars()
    amount_high_hkd = dollars()
    count = Number()
    unit = Words()
    position = serializers.IntegerField()


class Announcement(Addressed, Cited):
    """A Budget or a Policy Address."""

    figures = Figure(many=True)
    verdicts = Verdict(many=True)
    slug = serializers.CharField()
    title = _text()
    summary = _text()
    kind = _choice(choices.AnnouncementKind)
    fiscal_year = Words()
    delivered_on = Day()
    delivered_by = _named()
    speech = Source(allow_null=True)
    passed_on = Day()
    key_phrase = Words()
    statements = Statement(many=True)


class Organisation(Addressed, Cited):
    slug = serializers.CharField()
    name = _text()
    aliases = serializers.ListField(child=serializers.CharField())
    former_names = serializers.ListField(child=serializers.CharField())
    summary = _text()
    kind = Words()
    parent = _named()
    founded = _date()


class Post(Serializer):
    content_id = serializers.UUIDField()
    title = _text()
    organisation = _named()
    began = _date()
    ended = _date()


class Person(Addressed, Cited):
    slug = serializers.CharField()
    name = _text()
    honorific = Words()
    aliases = serializers.ListField(child=serializers.CharField())
    summary = _text()
    kind = Words()
    posts = Post(many=True)


class Area(Addressed):
    """A policy area."""

    slug = serializers.CharField()
    title = _text()


class Context(Addressed, Cited):
    """A fact, or a known conflict between sources."""

    slug = serializers.CharField()
    body = _text()
    kind = _choice(choices.ContextKind)
    initiative = _named()
    announcement = _named()
