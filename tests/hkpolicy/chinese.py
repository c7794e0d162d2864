"""What good Chinese does not hold: runs of English words, and half-width marks between Han characters."""

import re

HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
WIDE = r"[\u3400-\u9fff\uf900-\ufaff，。：；！？、「」『』（）《》“”]"
MARKS = re.compile(rf"{HAN}\s*[,;:!?()]|[,;!?()]\s*{HAN}|{HAN} *\.(?!\w)")
SPACES = re.compile(rf"{WIDE} +{WIDE}")
RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ \u00a0]+[A-Za-z][A-Za-z'’.-]*)+")
QUOTED = re.compile(r"「[^「」]*」|“[^“”]*”|『[^『』]*』")


def latin_runs(text: str) -> list[str]:
    """Two or more words of Latin letters in a row."""
    return [run for run in RUN.findall(text) if len(run.split()) > 1]


def odd_marks(text: str) -> list[str]:
    """Half-width punctuation beside Han characters, each with what stands around it."""
    return _around(MARKS, text)


def odd_spaces(text: str) -> list[str]:
    """Spaces between Han characters."""
    return _around(SPACES, text)


def _around(pattern, text: str) -> list[str]:
    return [text[max(0, found.start() - 8) : found.end() + 8] for found in pattern.finditer(text)]


def unquoted(text: str) -> str:
    """Without phrases in quotation marks, which stay in the language they were said in."""
    return QUOTED.sub("「」", text)
