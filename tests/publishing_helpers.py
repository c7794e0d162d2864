"""What tests of the admin share: a row of every model, addresses, and forms as a browser would send them back."""

from unittest import mock

from django.contrib import admin
from django.db import connection
from django.forms import NullBooleanField
from django.forms.boundfield import BoundField
from django.template.response import SimpleTemplateResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type) and issubclass(factory, DjangoModelFactory) and factory._meta.model
}
WORKING = sorted(
    (model for model in FACTORIES if model._meta.label != "auth.User" and admin.site.is_registered(model)),
    key=lambda model: model._meta.label,
)


def url(target, page, *args):
    """Return the address of a page of a model ("changelist", "add") or of a row ("change", "publish", …)."""
    options = target._meta
    arguments = args if isinstance(target, type) else (target.pk, *args)
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=arguments)


def filled(response):
    """Return what a browser sends back when the form of this page is saved untouched."""
    context = response.context or response.context_data  # only what was rendered has the first
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"_shown": context["shown"]} if "shown" in context else {}
    return data | fields_of(*forms)


def fields_of(*forms) -> dict:
    """Return {name: value} of these forms as a browser sends them back."""
    data = {}
    for form in forms:
        for bound in form:
            _fill(data, bound)
    return data


def opened(client, path: str, query=None) -> dict:
    """Return what a browser sends back when the form at this address is saved untouched; do not render its page."""
    with without_rendering():
        return filled(client.get(path, query))


def without_rendering():
    """Let views answer as ever, but fill in no template, which takes half of the time of a form."""
    return mock.patch.object(SimpleTemplateResponse, "rendered_content", "")


def _fill(data: dict, bound: BoundField) -> None:
    value = bound.value()
    if isinstance(bound.field, NullBooleanField):
        data[bound.html_name] = {True: "true", False: "false"}.get(value, "unknown")
        return
    if value is None or value is False or bound.field.disabled:
        return
    if value is True:
        data[bound.html_name] = "on"
    elif isinstance(value, list | tuple):
        data[bound.html_name] = [getattr(each, "pk", each) for each in value]
    else:
        data[bound.html_name] = str(getattr(value, "pk", value))


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)
