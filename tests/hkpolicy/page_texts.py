"""The texts of a page with the language each stands in, as a browser or a screen reader meets them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CODE = {"script", "style", "template", "code", "kbd", "samp", "pre"}
QUOTED = {"q", "cite", "blockquote"}  # words and titles as somebody else wrote them
INLINE = {"a", "abbr", "b", "bdi", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", *QUOTED}
SAID = ("aria-label", "alt", "placeholder", "title")


@dataclass(frozen=True)
class Text:
    """A stretch of text: `nodes` as they stand between tags, in the language of their element."""

    language: str
    nodes: tuple[str, ...]
    within: tuple[str, ...]  # the open elements, outermost first

    @property
    def whole(self) -> str:
        return " ".join("".join(self.nodes).split())

    @property
    def is_quoted(self) -> bool:
        return not QUOTED.isdisjoint(self.within)


@dataclass
class Texts(HTMLParser):
    """`found`: each stretch that no block, no other language and nothing quoted interrupts."""

    found: list[Text] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)  # (tag, language) of the elements one stands in
    nodes: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    @property
    def within(self) -> tuple[str, ...]:
        return tuple(tag for tag, _language in self.open)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.language
        if tag not in INLINE or tag in QUOTED or language != self.language:
            self.end()
        self.found += [Text(language, (given[name],), self.within) for name in SAID if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in VOID or tag not in self.within:
            return
        outside = self.open[-2][1] if len(self.open) > 1 else ""
        if tag not in INLINE or tag in QUOTED or outside != self.language:
            self.end()
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if CODE.isdisjoint(self.within):
            self.nodes.append(data)

    def end(self):
        if any(node.strip() for node in self.nodes):
            self.found.append(Text(self.language, tuple(self.nodes), self.within))
        self.nodes = []


def texts_of(page: str) -> list[Text]:
    parser = Texts()
    parser.feed(page)
    parser.close()
    return parser.found
