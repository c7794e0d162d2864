"""Characters that belong in no text: XML 1.0 and iCalendar do not allow them, but pasting brings them along."""

import re

LINE_BREAKS = re.compile("[\x0b\x0c\x85]")  # as pasted from word processors
NONCHARACTERS = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
CONTROL_CHARACTERS = re.compile(f"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef{NONCHARACTERS}]")


def strip_control_characters(text: str) -> str:
    """Remove control characters and noncharacters; keep tab and line feed, turn other line breaks into spaces.

    NUL and lone surrogates, which no database stores, are left for forms and the importer to refuse.
    """
    return CONTROL_CHARACTERS.sub("", LINE_BREAKS.sub(" ", text))
