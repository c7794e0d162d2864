"""Read the forms of a page as a browser does, to send them back."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """One form of a page: its method, and the values that a browser would send of it untouched."""

    method: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def put(self, name: str | None, value: str) -> None:
        if name:
            self.values.setdefault(name, []).append(value)


def read_largest_form(html: str) -> dict[str, list[str]]:
    """Return {name: values} of the page's POST form that has most fields: the one that the page is there for."""
    reader = FormReader()
    reader.feed(html)
    posts = [form for form in reader.forms if form.method == "post"]
    return max(posts, key=lambda form: len(form.values)).values if posts else {}


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._many = False
        self._textarea: tuple[str | None, list[str]] | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = Form((given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is None or "disabled" in given:
            return
        elif tag == "input":
            self._read_input(given)
        elif tag == "select":
            self._select, self._many, self._options = given.get("name"), "multiple" in given, []
        elif tag == "option":
            self._options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea":
            self._textarea = (given.get("name"), [])

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif self._form is not None and tag == "select":
            self._close_select()
        elif self._form is not None and tag == "textarea" and self._textarea:
            name, parts = self._textarea
            self._form.put(name, "".join(parts).removeprefix("\n"))
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self._textarea[1].append(data)

    def _read_input(self, given):
        kind = (given.get("type") or "text").lower()
        if kind in NOT_SENT or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        self._form.put(given.get("name"), given.get("value") or ("on" if kind == "checkbox" else ""))

    def _close_select(self):
        chosen = [value for value, selected in self._options if selected]
        if not chosen and not self._many and self._options:
            chosen = [self._options[0][0]]
        for value in chosen:
            self._form.put(self._select, value)
        self._select, self._options = None, []
