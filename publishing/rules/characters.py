"""Characters that are no part of any text: XML 1.0 and iCalendar do not allow them, and pasting brings them along."""

import re

LINE_BREAKS = re.compile("[\x0b\x0c\x85]")  # what word processors paste for one
PLANES = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
CONTROLS = re.compile(f"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef{PLANES}]")


def without_controls(text: str) -> str:
    """The text without control characters and noncharacters; tab and line feed stay, other line breaks become spaces.

    NUL and lone surrogates, which no database keeps, are for forms and the loader to refuse.
    """
    return CONTROLS.sub("", LINE_BREAKS.sub(" ", text))
