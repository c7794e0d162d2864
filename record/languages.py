"""Texts in three languages: their columns, their states, their form in documents, and their search tokens.

A text has one column for each language (`title_en`, `title_zh_hant`, `title_zh_hans`). The row also keeps
`text_states`: {text: {language: {"state", "source_digest", "digest", "held_back", "never_reviewed"}}}:
`source_digest` of the text it was translated or converted from, and `digest` of the text itself when last saved, so
that a change of either is noticed.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

LANGUAGES = ("en", "zh-hant", "zh-hans")
CONVERTED, UNREVIEWED, STALE = "converted", "unreviewed", "stale"
REDACTION_MARKERS = {
    "en": "[Redacted]",
    "zh-hant": "［已遮蓋］",
    "zh-hans": "［已遮盖］",
}  # shown in place of redacted words
SOURCE_LANGUAGES = {"zh-hant": "en", "zh-hans": "zh-hant"}  # the language that each is translated or converted from
FALLBACK_LANGUAGES = {
    "en": ("en", "zh-hant", "zh-hans"),
    "zh-hant": ("zh-hant", "zh-hans", "en"),
    "zh-hans": ("zh-hans", "zh-hant", "en"),
}
SIMPLIFIED_QUOTES = str.maketrans("「」『』", "“”‘’")
HAN_PATTERN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
TOKEN_PATTERN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff]+")


@cache
def _get_converter(name: str) -> OpenCC:
    """Return the OpenCC converter of this name. Cached, because loading one is slow."""
    return OpenCC(name)


def convert_characters(text: str) -> str:
    """Convert characters from Traditional (Hong Kong) to Simplified Chinese."""
    return _get_converter("hk2s").convert(text)


def convert_to_simplified(text: str) -> str:
    """Convert a Traditional text to Simplified: both its characters and its quotation marks."""
    return convert_characters(text).translate(SIMPLIFIED_QUOTES)


def detect_language(words: str) -> str:
    """Detect the language of a short quoted phrase from its characters."""
    if not HAN_PATTERN.search(words):
        return "en"
    return (
        "zh-hans"
        if convert_characters(words) == words and _get_converter("s2hk").convert(words) != words
        else "zh-hant"
    )


def get_text_column(name: str, language: str) -> str:
    """Return the column name of a text in one language, such as "title_zh_hant"."""
    return f"{name}_{language.replace('-', '_')}"


def get_text_columns(name: str) -> list[str]:
    """Return the column names of a text, in the order of LANGUAGES."""
    return [get_text_column(name, language) for language in LANGUAGES]


def digest_text(text: str) -> str:
    """Return a short digest of a text; "" for an empty one."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def update_text_states(row) -> None:
    """Update a row's converted texts and text states after changes of its other texts. Called on every save."""
    for name in row.texts:
        states = row.text_states.setdefault(name, {})
        _convert_text(row, name, states)
        for language, source in SOURCE_LANGUAGES.items():
            _mark_stale(row, name, states, of=source, language=language)


def _convert_text(row, name: str, states: dict) -> None:
    """Fill zh-hans from zh-hant, unless an editor wrote it."""
    hant, hans = getattr(row, get_text_column(name, "zh-hant")), getattr(row, get_text_column(name, "zh-hans"))
    state = states.get("zh-hans", {})
    ours = not hans or (state.get("state") == CONVERTED and digest_text(hans) == state["digest"])
    if ours:
        converted = convert_to_simplified(hant) if hant else ""
        setattr(row, get_text_column(name, "zh-hans"), converted)
        states["zh-hans"] = {"state": CONVERTED, "source_digest": digest_text(hant), "digest": digest_text(converted)}
    elif state.get("state") == CONVERTED:
        states["zh-hans"] = {"state": "", "source_digest": digest_text(hant), "digest": digest_text(hans)}


def _mark_stale(row, name: str, states: dict, *, of: str, language: str) -> None:
    """Mark a text stale if its source changed while the text itself did not.

    of: the source language. A rewritten text becomes plain.
    """
    text, source = getattr(row, get_text_column(name, language)), digest_text(getattr(row, get_text_column(name, of)))
    state = states.setdefault(language, {"state": "", "source_digest": source, "digest": digest_text(text)})
    if state.get("state") == CONVERTED:
        return
    if digest_text(text) != state.get("digest"):
        state.update({"state": "", "source_digest": source, "digest": digest_text(text)})
        state.pop("never_reviewed", None)
    elif text and state.get("source_digest") and source and source != state["source_digest"]:
        if state["state"] == UNREVIEWED:
            state["never_reviewed"] = True
        state["state"] = STALE


def set_translation(row, name: str, language: str, words: str, *, of: str) -> None:
    """Write a translation and mark it unreviewed. of: the text that it was translated from."""
    setattr(row, get_text_column(name, language), words)
    states = row.text_states.setdefault(name, {})
    held = {"held_back": True} if states.get(language, {}).get("held_back") else {}
    states[language] = {"state": UNREVIEWED, "source_digest": digest_text(of), "digest": digest_text(words)} | held


def awaits_review(row, name: str, language: str) -> bool:
    """Return True if a translation was never confirmed since it was made, even if it has become stale meanwhile."""
    state = row.text_states.get(name, {}).get(language, {})
    return state.get("state") == UNREVIEWED or (state.get("state") == STALE and bool(state.get("never_reviewed")))


def mark_reviewed(row, name: str, language: str) -> None:
    """Mark a text as reviewed: an editor confirms that it matches its source as both stand now."""
    source = SOURCE_LANGUAGES.get(language)
    state = row.text_states[name][language]
    state |= {"state": "", "source_digest": digest_text(getattr(row, get_text_column(name, source))) if source else ""}
    state.pop("never_reviewed", None)


def text_to_document(row, name: str) -> dict | None:
    """Return a text in the form that documents use; None if no language has words to show.

    Languages that are empty or held back are left out.
    """
    states = row.text_states.get(name, {})
    text, marks = {}, {}
    for language in LANGUAGES:
        words, state = getattr(row, get_text_column(name, language)), states.get(language, {})
        if not words or is_held_back(states, language):
            continue
        text[language] = words
        if state.get("state"):
            marks[language] = state["state"]
    if marks:
        text["state"] = marks
    return text or None


def is_held_back(states: dict, language: str) -> bool:
    """Return True if this language of a text is held back. A conversion is held back with its source."""
    state = states.get(language, {})
    if language == "zh-hans" and state.get("state") == CONVERTED:
        return is_held_back(states, "zh-hant")
    return bool(state.get("held_back"))


def set_held_back(row, name: str, language: str, *, held: bool = True) -> None:
    """Hold back one language of a text from documents until it is checked, or release it with `held=False`."""
    row.text_states.setdefault(name, {}).setdefault(language, {})["held_back"] = held


def set_text(row, name: str, text: dict | None) -> list[str]:
    """Set a row's text from a document's form of it, and return the languages that this held back.

    Words in a language that the document lacks stay in the row and are held back. Simplified Chinese that the document
    calls converted is converted again.
    """
    text, states = text or {}, row.text_states.setdefault(name, {})
    marks, held = text.get("state", {}), []
    _convert_text(row, name, states)
    for language in LANGUAGES:
        if text.get(language):
            converted = language == "zh-hans" and marks.get(language) == CONVERTED
            setattr(row, get_text_column(name, language), "" if converted else text[language])
            states[language] = {"state": "" if converted else marks.get(language, "")}
        elif getattr(row, get_text_column(name, language)) and not _follows_source(states, language):
            set_held_back(row, name, language)
            held.append(language)
    for language in LANGUAGES:
        if text.get(language):
            source = SOURCE_LANGUAGES.get(language)
            made_from = getattr(row, get_text_column(name, source)) if source else ""
            words = getattr(row, get_text_column(name, language))
            states[language] |= {"source_digest": digest_text(made_from), "digest": digest_text(words)}
    return held


def redact_row_text(row, name: str, going: Iterable[str]) -> None:
    """Replace a text's words in these languages by the redaction marker, without making other languages stale."""
    states, going = row.text_states.setdefault(name, {}), set(going)
    for language in going:
        if getattr(row, get_text_column(name, language)):
            setattr(row, get_text_column(name, language), REDACTION_MARKERS[language])
            state = states.get(language, {})
            mark = CONVERTED if state.get("state") == CONVERTED else ""
            states[language] = state | {"state": mark, "digest": digest_text(REDACTION_MARKERS[language])}
    for language, source in SOURCE_LANGUAGES.items():
        if source in going and language in states:
            states[language]["source_digest"] = digest_text(getattr(row, get_text_column(name, source)))


def replace_markers(text: dict, now: dict) -> dict:
    """Return a text with its redaction markers replaced by the present words, where there are any."""
    kept = {
        language: now[language]
        for language in LANGUAGES
        if text.get(language) == REDACTION_MARKERS[language] and now.get(language)
    }
    states = {each: state for each, state in text.get("state", {}).items() if each not in kept}
    states |= {each: state for each, state in now.get("state", {}).items() if each in kept}
    return (
        {each: words for each, words in text.items() if each != "state"} | kept | ({"state": states} if states else {})
    )


def _follows_source(states: dict, language: str) -> bool:
    """Return True if this language is already held back, or is a conversion, which goes with its source."""
    return states.get(language, {}).get("state") == CONVERTED or is_held_back(states, language)


def is_text(node) -> bool:
    """Return True if a document's node is a text: a non-empty dict of languages and their states."""
    return isinstance(node, dict) and bool(node) and all(key in LANGUAGES or key == "state" for key in node)


def localize(text: dict | None, language: str) -> tuple[str, str]:
    """Return (words, language) in this language, else in a fallback; ("", language) for an empty text."""
    for each in FALLBACK_LANGUAGES[language]:
        if text and text.get(each):
            return text[each], each
    return "", language


def get_text_state(text: dict, language: str) -> str:
    """Return the text state to show for this language; a conversion has the state of its source."""
    states = text.get("state", {})
    state = states.get(language, "")
    return states.get(SOURCE_LANGUAGES[language], "") if state == CONVERTED else state


def tokenize_texts(*texts: str) -> list[str]:
    """Split texts into search tokens: words of letters and digits, and pairs of Chinese characters.

    All are in lower case, and Chinese is folded to Simplified.
    """
    found = []
    for run in TOKEN_PATTERN.findall(convert_characters(" ".join(texts)).lower()):
        if HAN_PATTERN.match(run) and len(run) > 1:
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run)
    return found
