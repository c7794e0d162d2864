"""Texts in three languages: their columns, their states, their form in a document, and what search makes of them.

A text has one column a language (`title_en`, `title_zh_hant`, `title_zh_hans`). Beside it the row keeps
`text_states`: {text: {language: {"state", "of", "is", "held_back", "never_reviewed"}}}, where `of` is the digest of the
text it was made from and `is` the digest of the text itself when last saved, so that a change of either is noticed.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

LANGUAGES = ("en", "zh-hant", "zh-hans")
CONVERTED, UNREVIEWED, STALE = "converted", "unreviewed", "stale"
MARKERS = {"en": "[Redacted]", "zh-hant": "［已遮蓋］", "zh-hans": "［已遮盖］"}  # in place of redacted words
SOURCES = {"zh-hant": "en", "zh-hans": "zh-hant"}  # the language each is made from
FALLBACKS = {
    "en": ("en", "zh-hant", "zh-hans"),
    "zh-hant": ("zh-hant", "zh-hans", "en"),
    "zh-hans": ("zh-hans", "zh-hant", "en"),
}
QUOTES = str.maketrans("「」『』", "“”‘’")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WORDS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff]+")


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def to_simplified(text: str) -> str:
    """Traditional (Hong Kong) to Simplified Chinese."""
    return _converter("hk2s").convert(text)


def as_simplified(text: str) -> str:
    """Traditional text as it is written in Simplified: its characters and its quotation marks."""
    return to_simplified(text).translate(QUOTES)


def language_of(words: str) -> str:
    """The language of a short quoted phrase, told by its characters."""
    if not HAN.search(words):
        return "en"
    return "zh-hans" if to_simplified(words) == words and _converter("s2hk").convert(words) != words else "zh-hant"


def column(name: str, language: str) -> str:
    return f"{name}_{language.replace('-', '_')}"


def columns(name: str) -> list[str]:
    return [column(name, language) for language in LANGUAGES]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def refresh(row) -> None:
    """Bring a row's converted texts and text states up to its other texts. Called on every save."""
    for name in row.texts:
        states = row.text_states.setdefault(name, {})
        _convert(row, name, states)
        for language, source in SOURCES.items():
            _mark_stale(row, name, states, of=source, language=language)


def _convert(row, name: str, states: dict) -> None:
    """Fill zh-hans from zh-hant, unless an editor wrote it."""
    hant, hans = getattr(row, column(name, "zh-hant")), getattr(row, column(name, "zh-hans"))
    state = states.get("zh-hans", {})
    ours = not hans or (state.get("state") == CONVERTED and digest(hans) == state["is"])
    if ours:
        converted = as_simplified(hant) if hant else ""
        setattr(row, column(name, "zh-hans"), converted)
        states["zh-hans"] = {"state": CONVERTED, "of": digest(hant), "is": digest(converted)}
    elif state.get("state") == CONVERTED:
        states["zh-hans"] = {"state": "", "of": digest(hant), "is": digest(hans)}


def _mark_stale(row, name: str, states: dict, *, of: str, language: str) -> None:
    """A text whose source changed while it did not is stale; one that was written anew is not."""
    text, source = getattr(row, column(name, language)), digest(getattr(row, column(name, of)))
    state = states.setdefault(language, {"state": "", "of": source, "is": digest(text)})
    if state.get("state") == CONVERTED:
        return
    if digest(text) != state.get("is"):
        state.update({"state": "", "of": source, "is": digest(text)})
        state.pop("never_reviewed", None)
    elif text and state.get("of") and source and source != state["of"]:
        if state["state"] == UNREVIEWED:
            state["never_reviewed"] = True
        state["state"] = STALE


def translate(row, name: str, language: str, words: str, *, of: str) -> None:
    """Write a translation that nobody has reviewed; `of` is the text it was made from."""
    setattr(row, column(name, language), words)
    states = row.text_states.setdefault(name, {})
    held = {"held_back": True} if states.get(language, {}).get("held_back") else {}
    states[language] = {"state": UNREVIEWED, "of": digest(of), "is": digest(words)} | held


def awaits_review(row, name: str, language: str) -> bool:
    """Whether a text was translated and nobody has confirmed it since; one may have become stale meanwhile."""
    state = row.text_states.get(name, {}).get(language, {})
    return state.get("state") == UNREVIEWED or (state.get("state") == STALE and bool(state.get("never_reviewed")))


def confirm(row, name: str, language: str) -> None:
    """Somebody read it: the text says what its source says, as both now stand."""
    source = SOURCES.get(language)
    state = row.text_states[name][language]
    state |= {"state": "", "of": digest(getattr(row, column(name, source))) if source else ""}
    state.pop("never_reviewed", None)


def text_of(row, name: str) -> dict | None:
    """The document's form of a text: only languages that have it and are not held back; None where none has."""
    states = row.text_states.get(name, {})
    text, marks = {}, {}
    for language in LANGUAGES:
        words, state = getattr(row, column(name, language)), states.get(language, {})
        if not words or is_held_back(states, language):
            continue
        text[language] = words
        if state.get("state"):
            marks[language] = state["state"]
    if marks:
        text["state"] = marks
    return text or None


def is_held_back(states: dict, language: str) -> bool:
    state = states.get(language, {})
    if language == "zh-hans" and state.get("state") == CONVERTED:
        return is_held_back(states, "zh-hant")
    return bool(state.get("held_back"))


def hold_back(row, name: str, language: str, *, held: bool = True) -> None:
    """Keep one language of a text out of documents until it was checked."""
    row.text_states.setdefault(name, {}).setdefault(language, {})["held_back"] = held


def put(row, name: str, text: dict | None) -> list[str]:
    """Make a text of a row what a document says. Words in a language the document lacks stay and are held back.

    Returns the languages held back by this. Simplified Chinese the document calls converted is converted anew.
    """
    text, states = text or {}, row.text_states.setdefault(name, {})
    marks, held = text.get("state", {}), []
    _convert(row, name, states)
    for language in LANGUAGES:
        if text.get(language):
            converted = language == "zh-hans" and marks.get(language) == CONVERTED
            setattr(row, column(name, language), "" if converted else text[language])
            states[language] = {"state": "" if converted else marks.get(language, "")}
        elif getattr(row, column(name, language)) and not _follows(states, language):
            hold_back(row, name, language)
            held.append(language)
    for language in LANGUAGES:
        if text.get(language):
            source = SOURCES.get(language)
            made_from = getattr(row, column(name, source)) if source else ""
            words = getattr(row, column(name, language))
            states[language] |= {"of": digest(made_from), "is": digest(words)}
    return held


def redact(row, name: str, going: Iterable[str]) -> None:
    """Put the marker in place of a text's words in these languages; no other language becomes stale by it."""
    states, going = row.text_states.setdefault(name, {}), set(going)
    for language in going:
        if getattr(row, column(name, language)):
            setattr(row, column(name, language), MARKERS[language])
            state = states.get(language, {})
            mark = CONVERTED if state.get("state") == CONVERTED else ""
            states[language] = state | {"state": mark, "is": digest(MARKERS[language])}
    for language, source in SOURCES.items():
        if source in going and language in states:
            states[language]["of"] = digest(getattr(row, column(name, source)))


def unredacted(text: dict, now: dict) -> dict:
    """A text with today's words, where it has any, in place of markers."""
    kept = {
        language: now[language]
        for language in LANGUAGES
        if text.get(language) == MARKERS[language] and now.get(language)
    }
    states = {each: state for each, state in text.get("state", {}).items() if each not in kept}
    states |= {each: state for each, state in now.get("state", {}).items() if each in kept}
    return (
        {each: words for each, words in text.items() if each != "state"} | kept | ({"state": states} if states else {})
    )


def _follows(states: dict, language: str) -> bool:
    """Held back already, or a conversion: that goes with the text it was made from."""
    return states.get(language, {}).get("state") == CONVERTED or is_held_back(states, language)


def is_text(node) -> bool:
    return isinstance(node, dict) and bool(node) and all(key in LANGUAGES or key == "state" for key in node)


def say(text: dict | None, language: str) -> tuple[str, str]:
    """(words, their language): the text in this language, else in the other one; ("", language) where there is none."""
    for each in FALLBACKS[language]:
        if text and text.get(each):
            return text[each], each
    return "", language


def state_of(text: dict, language: str) -> str:
    """What is to be said of a text in this language; of a conversion, what is to be said of what it was made from."""
    states = text.get("state", {})
    state = states.get(language, "")
    return states.get(SOURCES[language], "") if state == CONVERTED else state


def tokens(*texts: str) -> list[str]:
    """What search compares: words of letters and digits, and pairs of Chinese characters, folded to Simplified."""
    found = []
    for run in WORDS.findall(to_simplified(" ".join(texts)).lower()):
        if HAN.match(run) and len(run) > 1:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run)
    return found
