"""Sums of money that never count the same dollar twice and never add up different kinds of money."""

from dataclasses import dataclass

from ..vocabulary import FundingStageValue, PayerValue


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The sum of one payer's money at one stage, in whole HKD, and the rows that were counted."""

    stage: str
    payer: str
    amount_hkd: int
    rows: tuple

    @property
    def qualifier(self) -> str:
        """The precision of the sum: the qualifier of its only row, or "about" if one of several rows is not exact."""
        inexact = [each.qualifier for each in self.rows if each.qualifier not in ("", "exactly")]
        if not inexact:
            return "exactly"
        return inexact[0] if len(self.rows) == 1 else "about"


def compute_totals(rows):
    """Return a list of `MoneyTotal`, by stage and payer in the order of the vocabulary.

    Rows have content_id, stage, payer, qualifier, amount_hkd (None if no figure was seen), part_of and restates (each a
    content_id or None; one that is not among `rows` is ignored). A row is left out if, over any number of steps, it is
    part of or a restatement of another one with an amount at the same stage and of the same payer. Of rows that form a
    cycle, the one with the lowest content_id counts.
    """
    present = {row.content_id: row for row in rows}
    wider = {content_id: _find_wider_rows(row, present) for content_id, row in present.items()}
    groups = {}
    for row in present.values():
        if row.amount_hkd is not None and not any(
            _is_counted_within(present[other], row, wider) for other in wider[row.content_id]
        ):
            groups.setdefault((row.stage, row.payer), []).append(row)
    return [
        MoneyTotal(stage, payer, sum(row.amount_hkd for row in counted), tuple(counted))
        for (stage, payer), counted in sorted(groups.items(), key=_vocabulary_order)
    ]


def _find_wider_rows(row, present):
    """Return the content_ids of the rows this one is part of or restates, over any number of steps; never its own."""
    found, waiting = set(), [row]
    while waiting:
        current = waiting.pop()
        for content_id in (current.part_of, current.restates):
            if content_id in present and content_id not in found:
                found.add(content_id)
                waiting.append(present[content_id])
    return found - {row.content_id}


def _is_counted_within(other, row, wider):
    """Return True if `row` need not be counted because `other` is."""
    if other.amount_hkd is None or (other.stage, other.payer) != (row.stage, row.payer):
        return False
    in_a_circle = row.content_id in wider[other.content_id]
    return not in_a_circle or other.content_id < row.content_id


def _vocabulary_order(group):
    (stage, payer), _ = group
    return list(FundingStageValue).index(stage), list(PayerValue).index(payer)
