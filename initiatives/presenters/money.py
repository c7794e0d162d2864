"""Money by stage and payer: what counts in a sum, and what is only part of another row or restates it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..rules.money import compute_totals
from ..vocabulary import FundingStageValue, PayerValue


@dataclass(frozen=True)
class FundingRow:
    """The input of `compute_totals`, from a document of funding."""

    content_id: str
    stage: str
    payer: str
    amount_hkd: int | None
    qualifier: str
    part_of: str | None
    restates: str | None
    document: dict

    @classmethod
    def from_document(cls, document: dict) -> "FundingRow":
        names = {key: document[key] and document[key]["content_id"] for key in ("part_of", "restates")}
        plain = {key: document[key] for key in ("content_id", "stage", "payer", "amount_hkd", "qualifier")}
        return cls(**plain, **names, document=document)


def present_money(documents: list[dict]) -> list[dict]:
    """Group funding by stage and payer.

    Return [{"stage", "payer", "total", "qualifier", "counted", "rows": [{"document", "counts", "depth", "beneath"}]}].
    total: whole HKD, or None if no amount is known; never added across groups. qualifier: how exact the total is: that
    of the one row counted, or "about" if one of several is not exact. A row that is part of another one of its group,
    or restates it, stands beneath it (beneath: "part_of" or "restates") and one deeper.
    """
    rows = [FundingRow.from_document(document) for document in documents]
    sums = {(total.stage, total.payer): total for total in compute_totals(rows)}
    groups: dict[tuple[str, str], list[FundingRow]] = {}
    for row in rows:
        groups.setdefault((row.stage, row.payer), []).append(row)
    stages, payers = list(FundingStageValue), list(PayerValue)
    order = sorted(groups, key=lambda group: (stages.index(group[0]), payers.index(group[1])))
    return [_present_group(*group, groups[group], sums.get(group)) for group in order]


def _present_group(stage, payer, rows, total) -> dict:
    counted = {row.content_id for row in total.rows} if total else set()
    return {
        "stage": stage,
        "payer": payer,
        "total": total and total.amount_hkd,
        "qualifier": total.qualifier if total else "exactly",
        "counted": len(counted),
        "rows": [
            {"document": row.document, "counts": row.content_id in counted, "depth": depth, "beneath": beneath}
            for row, depth, beneath in _nest_rows(sorted(rows, key=lambda row: row.document["position"]))
        ],
    }


def _nest_rows(rows: list[FundingRow]) -> Iterator[tuple[FundingRow, int, str]]:
    """Yield (row, depth, beneath) in tree order; of rows that form a cycle, the first is the top."""
    present = {row.content_id for row in rows}
    above = {row.content_id: _find_parent(row, present) for row in rows}
    waiting = [(row, 0) for row in reversed(rows) if not above[row.content_id][0]]
    told = set()
    while waiting or len(told) < len(rows):
        row, depth = waiting.pop() if waiting else (next(each for each in rows if each.content_id not in told), 0)
        if row.content_id in told:
            continue
        told.add(row.content_id)
        yield row, depth, above[row.content_id][1] if depth else ""
        waiting += [(each, depth + 1) for each in reversed(rows) if above[each.content_id][0] == row.content_id]


def _find_parent(row: FundingRow, present: set[str]) -> tuple[str | None, str]:
    for how in ("part_of", "restates"):
        other = getattr(row, how)
        if other in present and other != row.content_id:
            return other, how
    return None, ""
