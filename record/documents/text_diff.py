"""Word diff of two texts: Chinese by character, other scripts by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

SAME, DELETED, INSERTED = "same", "deleted", "inserted"
HAN_RANGES = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD_PATTERN = re.compile(rf"[{HAN_RANGES}]|[^\W{HAN_RANGES}]+|\s+|.", re.DOTALL)
SENTENCE_PATTERN = re.compile(r"[^\n.!?;。！？；]*[\n.!?;。！？；]+\s*|[^\n.!?;。！？；]+")
MAX_EDITS = 800  # in one passage; one with more edits is shown as replaced whole

MarkedRun = tuple[str, str]  # SAME, DELETED or INSERTED, and the words


@dataclass(frozen=True)
class DiffPiece:
    """Run of text in a diff.

    mark: SAME, DELETED or INSERTED. language: set if it is not the page's language.
    """

    mark: str
    words: str
    language: str = ""


def diff_words(old: str, new: str) -> tuple[DiffPiece, ...]:
    """Merge two texts into a diff; SAME and DELETED pieces spell the old one exactly, SAME and INSERTED the new one."""
    before, after = WORD_PATTERN.findall(old), WORD_PATTERN.findall(new)
    start = _count_equal(zip(before, after, strict=False))
    most = min(len(before), len(after)) - start
    end = min(most, _count_equal(zip(reversed(before), reversed(after), strict=False)))
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    middle = _diff_by_sentence("".join(before[start : len(before) - end]), "".join(after[start : len(after) - end]))
    marks = _merge_runs([(SAME, head), *_absorb_small_matches(_merge_runs(middle)), (SAME, tail)])
    return tuple(DiffPiece(mark, words) for mark, words in marks)


def _count_equal(pairs: Iterable[tuple[str, str]]) -> int:
    """Count the equal pairs before the first unequal one."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _diff_by_sentence(old: str, new: str) -> Iterable[MarkedRun]:
    """Match unchanged sentences first, so that words are compared only in passages that changed."""
    sentences = _shortest_edits(SENTENCE_PATTERN.findall(old), SENTENCE_PATTERN.findall(new))
    for stayed, run in groupby(sentences, key=lambda each: each[0] == SAME):
        if stayed:
            yield from run
            continue
        run = list(run)
        before, after = ("".join(words for kind, words in run if kind == mark) for mark in (DELETED, INSERTED))
        yield from _shortest_edits(WORD_PATTERN.findall(before), WORD_PATTERN.findall(after))


def _shortest_edits(old: list[str], new: list[str]) -> list[MarkedRun]:
    """Return the fewest deletions and insertions (Myers 1986); delete and insert all if there are more than MAX_EDITS.

    difflib took 38 seconds for 10,000 characters with few different words; this takes at most half a second.
    """
    most = MAX_EDITS if old and new else 0
    reached, rounds = {1: 0}, []  # {lead of old over new words passed: old words passed}
    for count in range(min(len(old) + len(new), most) + 1):
        rounds.append(reached.copy())
        for lead in range(-count, count + 1, 2):
            before = _previous_lead(reached, lead, count)
            x = reached[before] + (before < lead)
            while x < len(old) and x - lead < len(new) and old[x] == new[x - lead]:
                x += 1
            reached[lead] = x
            if x >= len(old) and x - lead >= len(new):
                return _trace_edits(rounds, old, new)
    return [(DELETED, "".join(old)), (INSERTED, "".join(new))]


def _previous_lead(reached: dict[int, int], lead: int, count: int) -> int:
    """Return the lead before the last edit: one more if that was an insertion, one less if it was a deletion."""
    inserted = lead == -count or (lead != count and reached[lead - 1] < reached[lead + 1])
    return lead + 1 if inserted else lead - 1


def _trace_edits(rounds: list[dict[int, int]], old: list[str], new: list[str]) -> list[MarkedRun]:
    """Reconstruct the edits from the rounds of `_shortest_edits`, walking back from the end of both texts."""
    marks, x, y = [], len(old), len(new)
    for count in range(len(rounds) - 1, -1, -1):
        before = _previous_lead(rounds[count], x - y, count)
        old_at = rounds[count][before]
        new_at = old_at - before
        marks += [(SAME, word) for word in reversed(old[old_at + (before < x - y) : x])]
        if count:
            marks.append((INSERTED, new[new_at]) if before > x - y else (DELETED, old[old_at]))
        x, y = old_at, new_at
    return marks[::-1]


def _merge_runs(marks: Iterable[MarkedRun]) -> list[MarkedRun]:
    """Merge neighbours of one mark; between two SAME runs, put all deletions before all insertions."""
    found = []
    for stayed, run in groupby((each for each in marks if each[1]), key=lambda each: each[0] == SAME):
        run = list(run)
        for mark in (SAME,) if stayed else (DELETED, INSERTED):
            if words := "".join(words for kind, words in run if kind == mark):
                found.append((mark, words))
    return found


def _absorb_small_matches(marks: list[MarkedRun]) -> Iterable[MarkedRun]:
    """Mark a space or a single letter that stayed between two changes as changed too, as it helps no reader."""
    for at, (mark, words) in enumerate(marks):
        between = 0 < at < len(marks) - 1
        if mark == SAME and between and len(words.strip()) < 2 and "\n" not in words:
            yield from ((DELETED, words), (INSERTED, words))
        else:
            yield mark, words
