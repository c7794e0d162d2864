"""Redacted words are scrubbed from other texts only where they cannot stand there by chance."""

import pytest

from record.documents.redaction import scrub_document
from record.languages import REDACTION_MARKERS

EN, ZH = REDACTION_MARKERS["en"], REDACTION_MARKERS["zh-hant"]


@pytest.mark.parametrize(
    ("words", "text", "after"),
    [
        ("smith", "the smiths' plan", "the smiths' plan"),
        ("smith", "smith", EN),
        ("smiths", "the smiths' plan", f"the {EN}' plan"),
        ("陳大", "陳大文與龍陳大道", "陳大文與龍陳大道"),
        ("陳大", "陳大", ZH),
        ("陳大文", "局長陳大文說", f"局長{ZH}說"),
    ],
)
def test_five_letters_or_two_characters_go_only_where_they_are_the_whole(words, text, after):
    assert scrub_document({"said": [text, 5]}, [words]) == {"said": [after, 5]}
