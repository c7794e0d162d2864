"""The controls that are written without templates are the ones Django's templates write."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from hkpolicy.forms import Controls
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory
from tests.newsroom import filled, url

AWKWARD = ["", None, "\"<&>'", mark_safe("<b>"), 0, True, "樞紐"]
PASSING = r'name="csrfmiddlewaretoken" value="\w+"|T[\d:]+\.\d+\+00:00'  # what is otherwise on every page
GROUPED = [("", "---"), ("a", 'A "<&>'), ("Of <b>", [("b", "B"), (3, 3)])]


def flat(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", str(html)))


def widgets():
    attrs = {"class": 'a"b', "required": True, "disabled": False, "data-of": 5, "title": None}
    for kind in (forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.DateInput, forms.URLInput):
        yield kind(attrs)
    yield forms.CheckboxInput(attrs)
    yield forms.Select(attrs, GROUPED)
    yield forms.SelectMultiple(attrs, GROUPED)
    yield forms.Textarea(attrs)
    yield forms.RadioSelect(attrs, GROUPED)


@pytest.mark.parametrize("value", [*AWKWARD, "a", ["a", "3"]], ids=repr)
@pytest.mark.parametrize("widget", list(widgets()), ids=lambda widget: type(widget).__name__)
def test_a_control_is_written_as_django_writes_it(widget, value):
    ours, theirs = (widget.render("a<b", value, renderer=each()) for each in (Controls, DjangoTemplates))
    assert flat(ours) == flat(theirs)


def test_an_option_with_a_template_of_its_own_keeps_it():
    class Ticked(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    html = Ticked(choices=GROUPED).render("name", "a", renderer=Controls())
    assert 'type="select"' in html
    assert flat(html) == flat(Ticked(choices=GROUPED).render("name", "a", renderer=DjangoTemplates()))


class Asked(forms.Form):
    name = forms.CharField(label='A "<b>', help_text="Helps")
    unsaid = forms.CharField(label="")
    unlabelled = forms.MultiValueField((), label="No one control", widget=forms.RadioSelect)


@pytest.mark.parametrize("data", [None, {}, {"name": "<b>"}], ids=["empty", "missing", "half"])
def test_labels_and_errors_are_django_s(data):
    ours, theirs = (Asked(data, renderer=each()) for each in (Controls, DjangoTemplates))
    assert flat(ours.as_p()) == flat(theirs.as_p())
    for attrs in (None, {"class": '"'}):
        assert flat(ours["name"].label_tag(attrs=attrs)) == flat(theirs["name"].label_tag(attrs=attrs))


@pytest.mark.django_db
@pytest.mark.parametrize("valid", [True, False])
def test_a_form_of_the_newsroom_is_the_same_page_with_django_s_renderer(login, settings, valid):
    row, client, pages = InitiativeFactory(), login("author"), []
    MilestoneFactory(initiative=row)
    StatementFactory(initiative=row, milestone=None)
    path = url(row, "change")
    data = filled(client.get(path)) | {"statements-0-stated_earliest": "no day"}
    for renderer in ("hkpolicy.forms.Controls", "django.forms.renderers.DjangoTemplates"):
        settings.FORM_RENDERER = renderer
        answer = client.get(path) if valid else client.post(path, data)
        pages.append(re.sub(PASSING, "", flat(answer.content.decode())))
    assert pages[0] == pages[1]
