"""Whatever a file holds, it is read or refused: it never breaks the loader."""

from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from importer.mapping import plan_rows
from importer.parser import FILE_SECTIONS, DataFile
from importer.validation import validate_file
from tests.importer.record_files import GOOD

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.dates(),
    st.just(datetime(2025, 2, 26, 9, 0)),
    st.just(date(2025, 2, 26)),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.none()), max_size=2),
    st.dictionaries(st.sampled_from(["id", "value", "date", "source", "verified"]), st.integers(), max_size=2),
)


def places(node, path=()):
    """Paths to everything in a file, whole rows too."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


PLACES = [path for path in places(GOOD) if len(path) > 1]


def put(node, path, junk):
    """Put junk at a place, where an earlier change has not taken the place away."""
    *way, last = path
    with suppress(TypeError, KeyError, IndexError):
        for key in way:
            node = node[key]
        node[last] = junk


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
def test_a_file_with_junk_in_it_is_planned_or_refused(changes):
    content = deepcopy(GOOD)
    for path, junk in changes:
        put(content, path, junk)
    record = DataFile("junk.yaml", "", sections={name: content[name] for name in FILE_SECTIONS})
    if validate_file(record).is_valid:
        assert plan_rows(record, {})
