"""Form controls of the newsroom: plain ones the browser knows."""

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
    """A long text whose line ends stay as they were: browsers send CRLF, and a saved form must not look like news."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 4, "cols": 80, "class": "vLargeTextField"} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
