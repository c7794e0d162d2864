from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.money import compute_totals
from initiatives.vocabulary import FundingStageValue, PayerValue


def row(content_id, amount_hkd=100, *, stage="earmarked", payer="public", part_of=None, restates=None):
    return SimpleNamespace(
        content_id=content_id, stage=stage, payer=payer, amount_hkd=amount_hkd, part_of=part_of, restates=restates
    )


def sums(rows):
    return {(total.stage, total.payer): total.amount_hkd for total in compute_totals(rows)}


def counted(rows):
    return [each.content_id for total in compute_totals(rows) for each in total.rows]


ids = st.sampled_from("abcdefgh")
any_rows = st.lists(
    st.builds(
        row,
        ids,
        st.none() | st.integers(0, 10**12),
        stage=st.sampled_from(FundingStageValue),
        payer=st.sampled_from(PayerValue),
        part_of=st.none() | ids | st.just("elsewhere"),
        restates=st.none() | ids | st.just("elsewhere"),
    ),
    unique_by=lambda each: each.content_id,
    max_size=8,
)


def test_each_stage_and_payer_has_its_own_total_in_the_order_of_the_vocabulary():
    rows = [
        row("a", 5, stage="pledged", payer="land"),
        row("b", 4, stage="pledged", payer="private"),
        row("c", 3, stage="spent"),
        row("d", 2),
        row("e", 1, stage="estimate"),
        row("f", 20),
    ]
    assert [(total.stage, total.payer, total.amount_hkd) for total in compute_totals(rows)] == [
        ("estimate", "public", 1),
        ("earmarked", "public", 22),
        ("spent", "public", 3),
        ("pledged", "private", 4),
        ("pledged", "land", 5),
    ]


@pytest.mark.parametrize("relation", ["part_of", "restates"])
def test_a_nested_or_restated_row_is_left_out(relation):
    rows = [row("a", 10), row("b", 6, **{relation: "a"}), row("c", 2, **{relation: "b"})]
    assert sums(rows) == {("earmarked", "public"): 10}
    assert counted(rows) == ["a"]


def test_nesting_is_followed_through_other_stages():
    rows = [row("a", 10), row("b", 6, stage="committed", part_of="a"), row("c", 2, part_of="b")]
    assert sums(rows) == {("earmarked", "public"): 10, ("committed", "public"): 6}


@pytest.mark.parametrize("other", [{"stage": "committed"}, {"payer": "private"}])
def test_a_part_of_another_stage_or_payer_counts_there(other):
    rows = [row("a", 10), row("b", 6, part_of="a", **other)]
    assert sorted(sums(rows).values()) == [6, 10]


def test_a_part_counts_where_the_whole_has_no_amount_or_is_not_there():
    assert sums([row("a", None), row("b", 6, part_of="a")]) == {("earmarked", "public"): 6}
    assert sums([row("b", 6, part_of="elsewhere")]) == {("earmarked", "public"): 6}


def test_no_figure_is_no_total_rather_than_nought():
    assert compute_totals([row("a", None)]) == []
    assert sums([row("a", 0)]) == {("earmarked", "public"): 0}


def test_of_rows_that_go_round_in_a_circle_the_lowest_id_counts():
    circle = [row("c", 3, part_of="b"), row("b", 2, restates="a"), row("a", 1, part_of="c")]
    assert counted(circle) == ["a"]
    assert counted([row("a", part_of="a")]) == ["a"]
    assert counted([*circle, row("d", 1, part_of="c")]) == ["a"]


@given(any_rows, st.data())
def test_adding_a_nested_row_never_changes_totals(rows, data):
    wholes = [each for each in rows if each.amount_hkd is not None]
    if not wholes:
        return
    whole = data.draw(st.sampled_from(wholes))
    relation = data.draw(st.sampled_from(["part_of", "restates"]))
    nested = row("nested", data.draw(st.integers(0, 10**12)), stage=whole.stage, payer=whole.payer)
    setattr(nested, relation, whole.content_id)
    assert compute_totals([*rows, nested]) == compute_totals(rows)


@given(any_rows, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert sums(shuffled) == sums(rows)
    assert sorted(counted(shuffled)) == sorted(counted(rows))


@given(any_rows)
def test_every_stage_and_payer_with_an_amount_keeps_a_total(rows):
    assert set(sums(rows)) == {(each.stage, each.payer) for each in rows if each.amount_hkd is not None}


@given(any_rows)
def test_no_total_is_more_than_its_rows_together(rows):
    for total in compute_totals(rows):
        alike = [each for each in rows if (each.stage, each.payer) == (total.stage, total.payer)]
        assert total.amount_hkd <= sum(each.amount_hkd or 0 for each in alike)
        assert total.amount_hkd == sum(each.amount_hkd for each in total.rows)


@given(any_rows)
def test_rows_that_are_not_nested_all_count(rows):
    loose = [row(each.content_id, each.amount_hkd, stage=each.stage, payer=each.payer) for each in rows]
    assert sorted(counted(loose)) == sorted(each.content_id for each in loose if each.amount_hkd is not None)
