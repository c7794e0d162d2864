"""Form widgets of the newsroom: plain controls that browsers have built in."""

from django import forms


class DayInput(forms.DateInput):
    """The browser's own date picker: narrow, translated, and usable on a phone."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TextArea(forms.Textarea):
    """A long text that keeps its line ends: browsers send CRLF, which would look like a change."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 4, "cols": 80, "class": "vLargeTextField"} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        """Return the posted text with LF line ends."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
