"""Amounts in the forms of the newsroom: nothing that was typed is dropped unseen."""

import pytest
from django.contrib import admin
from django.forms import DecimalField, IntegerField

from initiatives.models import Funding
from newsroom.admin.editing.amounts import AmountField, AmountInput, CountInput
from newsroom.models import WorkingChange
from tests.factories import FigureFactory, FundingFactory, ObservationFactory, OutcomeFactory, TargetFactory, published
from tests.publishing_helpers import filled, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(rf, superuser):
    """{(model, name of a field): the field} of all forms of the newsroom that somebody may fill in."""
    request, found = rf.get("/"), {}
    request.user = superuser
    for options in admin.site._registry.values():
        if options.has_change_permission(request):
            inlines = options.get_inline_instances(request)
            forms = [options.get_form(request), *(inline.get_formset(request).form for inline in inlines)]
            found |= {(form._meta.model, name): field for form in forms for name, field in form.base_fields.items()}
    return found


def test_no_input_of_the_newsroom_drops_letters(fields):
    inputs = {type(field.widget) for field in fields.values() if isinstance(field, IntegerField | DecimalField)}
    assert inputs == {AmountInput, CountInput}
    assert not {name for name, field in fields.items() if getattr(field.widget, "input_type", "") == "number"}


def test_sums_are_whole_dollars_and_other_amounts_are_not(fields):
    kinds = {name: field.money for (_model, name), field in fields.items() if isinstance(field, AmountField)}
    assert kinds == dict.fromkeys(("amount_hkd", "amount_low_hkd", "amount_high_hkd"), True) | dict.fromkeys(
        ("count", "value", "baseline_value", "probability"), False
    )


def test_fifteen_billion_is_saved_as_fifteen_billion_and_shown_in_groups_and_words(login):
    row, client = FundingFactory(), login("author")
    path = url(row, "change")
    form = filled(client.get(path))
    assert client.post(path, form | {"amount_hkd": "15 billion"}).status_code == 302
    assert Funding.objects.get().amount_hkd == 15_000_000_000
    page = client.get(path).content.decode()
    assert 'type="text" name="amount_hkd" value="15,000,000,000" inputmode="decimal"' in page
    assert "= HK$15 billion" in page


def test_what_cannot_be_read_comes_back_as_it_was_typed_and_changes_nothing(login):
    row, client = FundingFactory(amount_hkd=5), login("author")
    form = filled(client.get(url(row, "change")))
    refused = client.post(url(row, "change"), form | {"amount_hkd": "15 bilion", "title_en": "New"})
    assert list(refused.context["adminform"].form.errors) == ["amount_hkd"]
    assert filled(refused)["amount_hkd"] == "15 bilion"
    assert (Funding.objects.get().amount_hkd, Funding.objects.get().title_en) == (5, row.title_en)


def test_beside_a_form_with_a_mistake_elsewhere_stands_what_was_understood(login):
    row, client = FundingFactory(), login("author")
    form = filled(client.get(url(row, "change")))
    refused = client.post(url(row, "change"), form | {"amount_hkd": "1.5bn", "dated_earliest": "no day"})
    assert filled(refused)["amount_hkd"] == "1.5bn"
    assert refused.context["adminform"].form["amount_hkd"].help_text == "= HK$1.5 billion"


@pytest.mark.parametrize("make", [FundingFactory, FigureFactory, OutcomeFactory])
def test_a_form_that_is_opened_and_saved_again_changes_nothing(login, make):
    row = make(**{"baseline_value": "2500.5"} if make is OutcomeFactory else {"amount_hkd": 1_234_567_890})
    if make is OutcomeFactory:
        TargetFactory(outcome=row, value="3000")
        ObservationFactory(outcome=row, value="0.25")
    published(row)
    before, client = WorkingChange.objects.count(), login("author")
    form = filled(client.get(url(row, "change")))
    shown = {name: value for name, value in form.items() if name.endswith(("_hkd", "value"))}
    assert shown == (
        {"baseline_value": "2,500.5", "targets-0-value": "3,000", "observations-0-value": "0.25"}
        if make is OutcomeFactory
        else {"amount_hkd": "1,234,567,890"}
    )
    assert client.post(url(row, "change"), form).status_code == 302
    assert WorkingChange.objects.count() == before


def test_a_scale_is_not_said_twice_in_the_number_and_in_the_unit(login):
    row, client = OutcomeFactory(unit="HKD million"), login("author")
    TargetFactory(outcome=row, value=5)
    form = filled(client.get(url(row, "change")))
    refused = client.post(url(row, "change"), form | {"baseline_value": "2 million", "targets-0-value": "5 億"})
    told = "The unit “HKD million” has a scale already: write how many of it there are, in digits."
    formsets = [each.formset for each in refused.context["inline_admin_formsets"]]
    assert refused.context["adminform"].form.errors == {"baseline_value": [told]}
    assert [errors for formset in formsets for errors in formset.errors if errors] == [{"value": [told]}]
    form |= {"unit": "dollars", "baseline_value": "2 million", "targets-0-value": "5 億"}
    assert client.post(url(row, "change"), form).status_code == 302
    assert (row.targets.get().value, type(row).objects.get().baseline_value) == (500_000_000, 2_000_000)
