"""What a list is asked is read from its address alone, whatever stands there."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from readers.list_query import MAX_VALUE_LENGTH, OPTIONS_SHOWN_FIRST, Facet, FacetOption, ListFilters, ListQuery
from tests.hkpolicy.test_api_awkward import AWKWARD

FACETS, SORTS = ("stage", "year"), ("newest", "name")


def asked(*pairs):
    return ListQuery.from_querydict(QueryDict(urlencode(pairs)), facets=FACETS, sorts=SORTS)


@pytest.mark.parametrize("value", AWKWARD, ids=range(len(AWKWARD)))
def test_any_value_is_an_option_a_word_or_nothing_and_its_shortest_question_is_the_same_question(value):
    given = [(name, value) for name in ("q", "sort", "page", "as_of", "unheard", *FACETS)]
    found = asked(*given)
    taken = [value[:MAX_VALUE_LENGTH]] if value.strip() else []
    assert found.filters == (dict.fromkeys(FACETS, taken) if taken else {})
    assert found.search == " ".join(value.split())[:MAX_VALUE_LENGTH]
    assert found.sort == "newest"
    said = ("q", "page", "as_of", *FACETS) if taken else ()
    assert found.effective == tuple((name, value) for name in said)
    again = ListQuery.from_querydict(QueryDict(found.canonical), facets=FACETS, sorts=SORTS)
    assert (again.canonical, again.effective) == (None, found.effective)


def test_of_each_facet_the_first_twenty_count():
    many = [f"a{number}" for number in range(21)]
    found = asked(*(("stage", each) for each in many), ("year", "2020"))
    assert found.filters == {"stage": many[:20], "year": ["2020"]}


@pytest.mark.parametrize("length", [200, 201])
def test_of_words_and_of_what_is_chosen_the_first_two_hundred_characters_count(length):
    found = asked(("q", "x" * length), ("stage", "y" * length))
    assert (found.search, found.filters) == ("x" * 200, {"stage": ["y" * 200]})


def test_a_parameter_is_dropped_with_the_page_and_the_whole_list_keeps_moment_and_order():
    found = asked(("q", "a"), ("stage", "b"), ("stage", "c"), ("sort", "name"), ("page", "3"), ("as_of", "2026-01-01"))
    assert found.without_param(("stage", "b")) == "q=a&stage=c&sort=name&as_of=2026-01-01"
    assert found.reset() == "sort=name&as_of=2026-01-01"
    assert ListFilters(found, [], []).without_search == "stage=b&stage=c&sort=name&as_of=2026-01-01"


def test_an_unknown_value_is_an_option_that_leaves_nothing_and_counts_as_what_narrows():
    found = asked(("q", "a"), ("stage", "known"), ("stage", "x"))
    facet = Facet.from_counts("stage", "Stage", {"known": 2}, found.filters["stage"], values=["known", "empty"])
    assert facet.shown == [
        FacetOption("known", 2, chosen=True, label="known"),
        FacetOption("x", 0, chosen=True, label="x", is_valid=False),
    ]
    filters = ListFilters(found, [facet], [])
    assert [chip["option"].value for chip in filters.invalid_filters] == ["x"]
    assert filters.active_count == 3


@pytest.mark.parametrize(
    ("there", "first"),
    [(OPTIONS_SHOWN_FIRST + 2, OPTIONS_SHOWN_FIRST + 2), (OPTIONS_SHOWN_FIRST + 3, OPTIONS_SHOWN_FIRST)],
)
def test_a_facet_folds_away_what_is_many_but_never_what_was_chosen(there, first):
    options = [FacetOption(str(number), 1, chosen=number == there - 1) for number in range(there)]
    facet = Facet.from_options("stage", "Stage", options)
    shown = [*options[:first], *(options[-1:] if first < there else [])]
    assert (facet.shown, facet.more) == (shown, [each for each in options if each not in shown])
