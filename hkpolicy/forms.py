"""How the controls of forms are written: as Django's templates have them, but the plain ones without a template.

A form with a hundred facts has thousands of controls, and most of its time went into templates of one line.
"""

from collections.abc import Iterator

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

OPTION = "django/forms/widgets/select_option.html"


class Controls(DjangoTemplates):
    """Django's renderer. None of what is written here is a template of ours, so nothing of ours is passed over."""

    def render(self, template_name, context, request=None) -> str:
        written = WRITERS[template_name](context) if template_name in WRITERS else None
        return super().render(template_name, context, request) if written is None else written


def _attributes(attrs: dict | None) -> str:
    """False leaves one out, True gives its name only."""
    return "".join(
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in (attrs or {}).items()
        if value is not False
    )


def _input(context: dict) -> str:
    widget = context["widget"]
    value = {} if widget["value"] is None else {"value": widget["value"]}
    attrs = {"type": widget["type"], "name": widget["name"]} | value
    return f"<input{_attributes(attrs)}{_attributes(widget['attrs'])}>"


def _select(context: dict) -> str | None:
    """None where an option has a template of its own."""
    widget = context["widget"]
    if any(option["template_name"] != OPTION for _name, options, _at in widget["optgroups"] for option in options):
        return None
    groups = "".join(_group(name, options) for name, options, _at in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>'


def _group(name: str | None, options: list[dict]) -> str:
    written = "".join(_options(options))
    return f'\n  <optgroup label="{conditional_escape(name)}">{written}\n  </optgroup>' if name else written


def _options(options: list[dict]) -> Iterator[str]:
    for option in options:
        value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
        yield f'\n  <option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _label(context: dict) -> str:
    label = conditional_escape(context["label"])
    return (
        f"<{context['tag']}{_attributes(context['attrs'])}>{label}</{context['tag']}>" if context["use_tag"] else label
    )


def _errors(context: dict) -> str | None:
    """Mostly there are none."""
    return None if context["errors"] else ""


WRITERS = {
    f"django/forms/widgets/{name}.html": _input for name in ("checkbox", "date", "hidden", "number", "text", "url")
} | {
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/ul.html": _errors,
}
