"""Three states of a form brought together, for each kind of field: as it was shown, as it is stored, as it was sent."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from newsroom.admin.editing.edit_conflicts.form_merge import MINE, THEIRS, FormMerge, digest_form, merge_stored_row
from newsroom.admin.editing.edit_conflicts.form_values import get_posted_values, get_stored_values, group_form_fields
from newsroom.admin.editing.edit_conflicts.mixin import decode_base_digests, encode_base_digests
from tests.factories import (
    AnnouncementFactory,
    CommentaryFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    SourceFactory,
    VerdictFactory,
)
from tests.publishing_helpers import fields_of

pytestmark = pytest.mark.django_db


def keys_of(factory):
    return [str(factory().pk) for _ in range(2)]


# kind of field: (row, field, what the other makes of it, what I make of it)
KINDS = {
    "a short text": lambda: (InitiativeFactory(), "title_en", "Theirs", "Mine"),
    "a long text": lambda: (InitiativeFactory(), "summary_zh_hant", "一\n二", "一\n三"),
    "an internal note": lambda: (MilestoneFactory(), "internal_note", "call them", "wrote to them"),
    "a slug": lambda: (PageFactory(), "slug", "theirs", "mine"),
    "a choice": lambda: (InitiativeFactory(), "stage", "approved", "completed"),
    "a key": lambda: (InitiativeFactory(), "lead", *keys_of(OrganisationFactory)),
    "several keys": lambda: (InitiativeFactory(), "partners", *([each] for each in keys_of(OrganisationFactory))),
    "a day": lambda: (AnnouncementFactory(), "delivered_on", "2026-02-25", "2026-02-26"),
    "a fuzzy date": lambda: (InitiativeFactory(), "announced_phrase", "this year", "next year"),
    "an amount": lambda: (FundingFactory(), "amount_hkd", "3,000,000", "2,000,000"),
    "yes, no or unknown": lambda: (FigureFactory(), "after_bonds", "true", "false"),
    "texts held back": lambda: (InitiativeFactory(), "held_texts", ["title:en"], ["title:en", "body:en"]),
    "a result": lambda: (MilestoneFactory(), "result", "met", "not_met"),
    "when it happened": lambda: (MilestoneFactory(), "actual_earliest", "2026-01-01", "2026-01-02"),
    "a rating": lambda: (VerdictFactory(), "rating", "not_kept", "stalled"),
    "a source's title": lambda: (SourceFactory(), "title", "Theirs", "Mine"),
    "many of another app": lambda: (
        CommentaryFactory(),
        "initiatives",
        *([each] for each in keys_of(InitiativeFactory)),
    ),
}


class OpenedForm:
    """A form of a row as it was shown, before anybody changed the row."""

    def __init__(self, row, by):
        self.row, self.request = row, RequestFactory().get("/")
        self.request.user = by
        self.fields = fields_of(self.form())
        self.shown = {"": {"": digest_form(self.form())}}

    def form(self, data=None):
        """Return the form of the row as it is stored now, of this data where some is given."""
        row = type(self.row).objects.get(pk=self.row.pk)
        model_admin = admin.site.get_model_admin(type(row))
        fields = flatten_fieldsets(model_admin.get_fieldsets(self.request, row))
        return model_admin.get_form(self.request, row, change=True, fields=fields)(data, instance=row)

    def sent(self, **changes) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, value in (self.fields | changes).items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return data

    def save(self, data: QueryDict):
        form = self.form(data)
        assert form.is_valid(), form.errors
        form.save()

    def merged(self, shown=None, **changes) -> FormMerge:
        """Merge this form, sent with these changes, into what is to be saved. shown: where it was shown again since."""
        merge = FormMerge(self.row, self.sent(**changes), shown or self.shown, timezone.now())
        merge_stored_row(merge, self.form())
        return merge

    def stored(self, name: str):
        return as_words(fields_of(self.form()).get(name, ""))


def as_words(value):
    """Turn a browser's keys into words."""
    return [str(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(params=KINDS)
def opened(request, superuser):
    """Return (the form, a field of it, what the other makes of it, what I make of it)."""
    row, name, theirs, mine = KINDS[request.param]()
    return OpenedForm(row, superuser), name, theirs, mine


def test_what_both_changed_is_asked_and_either_choice_is_what_is_saved(opened):
    form, name, theirs, mine = opened
    form.save(form.sent(**{name: theirs}))
    merge = form.merged(**{name: mine})
    [conflict] = merge.conflicts
    assert (merge.taken_over, merge.changed_rows) == ([], [form.row])
    assert conflict.theirs != conflict.mine
    assert as_words(fields_of(form.form(merge.data))[name]) == mine
    assert [each.name for each in form.merged(merge.new_base, **{name: mine}).conflicts] == [conflict.name]
    for side, kept in ((THEIRS, theirs), (MINE, mine)):
        choice = {f"_choice-{conflict.name}": f"{side}:{conflict.their_digest}"}
        chosen = form.merged(merge.new_base, **{name: mine} | choice)
        assert (chosen.conflicts, chosen.taken_over) == ([], [])
        form.save(chosen.data)
        assert form.stored(name) == kept


def test_what_only_the_other_changed_is_taken_over(opened):
    form, name, theirs, _mine = opened
    touched = next(each for each in ("internal_note", "title_en", "title") if each in form.fields and each != name)
    form.save(form.sent(**{name: theirs}))
    merge = form.merged(**{touched: "what I wrote"})
    label = next(str(unit.label) for unit in group_form_fields(form.form()) if name in unit.names)
    assert (merge.conflicts, merge.taken_over) == ([], [label])
    form.save(merge.data)
    assert (form.stored(name), form.stored(touched)) == (theirs, "what I wrote")


def test_what_only_i_changed_is_saved_as_sent_and_two_who_make_the_same_change_are_not_asked(opened):
    form, name, theirs, _mine = opened
    sent = form.sent(**{name: theirs})
    alone = form.merged(**{name: theirs})
    form.save(sent)
    alike = form.merged(**{name: theirs})
    assert (alone.conflicts, alone.taken_over, alone.changed_rows, alone.data) == ([], [], [], sent)
    assert (alike.conflicts, alike.taken_over, alike.changed_rows) == ([], [], [form.row])
    assert alike.data.getlist(name) == sent.getlist(name)
    assert form.stored(name) == theirs


def test_what_a_form_shows_is_carried_by_it_and_read_back(opened):
    form, at = opened[0], timezone.now()
    assert decode_base_digests(encode_base_digests(form.shown, at=at)) == (form.shown, at)


def test_other_order_line_ends_zeros_and_blanks_are_nobodys_change(superuser):
    initiative, forecast = InitiativeFactory(summary_en="one\ntwo"), ForecastFactory(probability="0.6")
    initiative.partners.set([OrganisationFactory(), OrganisationFactory()])
    partners = [str(each.pk) for each in initiative.partners.order_by("-pk")]
    for row, sent in (
        (initiative, {"partners": partners}),
        (initiative, {"partners": partners[::-1]}),
        (initiative, {"summary_en": "one\r\ntwo "}),
        (forecast, {"probability": "0.60", "made_on": " 2026-01-01"}),
    ):
        opened = OpenedForm(row, superuser)
        form, data = opened.form(), opened.sent(**sent)
        assert [get_posted_values(form, each, data, "") for each in group_form_fields(form)] == [
            get_stored_values(form, each) for each in group_form_fields(form)
        ]


def test_what_the_other_emptied_or_unticked_does_not_come_back(superuser):
    form = OpenedForm(MilestoneFactory(internal_note="call them", held_back=True), superuser)
    assert form.fields["held_back"] == "on"
    form.save(form.sent(internal_note="", held_back=[]))
    merge = form.merged(title_en="Mine")
    assert len(merge.taken_over) == 2
    form.save(merge.data)
    assert [form.stored(name) for name in ("internal_note", "held_back", "title_en")] == ["", "", "Mine"]


def test_a_choice_between_other_values_than_these_is_none(superuser):
    form = OpenedForm(InitiativeFactory(), superuser)
    form.save(form.sent(title_en="Theirs"))
    seen = form.merged(title_en="Mine").conflicts[0].their_digest
    for choice in (f"mine:{seen}x", f"theirs:{seen[::-1]}", "mine", "theirs:", f"both:{seen}", f":{seen}"):
        [asked] = form.merged(**{"title_en": "Mine", "_choice-title_en": choice}).conflicts
        assert (asked.theirs, asked.mine) == ("Theirs", "Mine"), choice
