"""Money by stage and payer: what counts in a sum, and what is only part of another row or says it again."""

from dataclasses import dataclass

from ..rules.money import PAYERS, STAGES, totals


@dataclass(frozen=True)
class Row:
    """What `rules.money.totals` reads, from a document of funding."""

    content_id: str
    stage: str
    payer: str
    amount_hkd: int | None
    part_of: str | None
    restates: str | None
    document: dict

    @classmethod
    def of(cls, document: dict) -> "Row":
        names = {key: document[key] and document[key]["content_id"] for key in ("part_of", "restates")}
        plain = {key: document[key] for key in ("content_id", "stage", "payer", "amount_hkd")}
        return cls(**plain, **names, document=document)


def money(documents: list[dict]) -> list[dict]:
    """[{"stage", "payer", "total", "counted", "rows": [{"document", "counts"}]}], a group a stage and payer.

    total: whole HKD, None where no amount is known. Never added across groups.
    """
    rows = [Row.of(document) for document in documents]
    sums = {(total.stage, total.payer): total for total in totals(rows)}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.stage, row.payer), []).append(row)
    return [
        _group(stage, payer, groups[stage, payer], sums.get((stage, payer)))
        for stage, payer in sorted(groups, key=lambda group: (STAGES.index(group[0]), PAYERS.index(group[1])))
    ]


def _group(stage, payer, rows, total) -> dict:
    counted = {row.content_id for row in total.rows} if total else set()
    rows = sorted(rows, key=lambda row: row.document["position"])
    return {
        "stage": stage,
        "payer": payer,
        "total": total and total.amount_hkd,
        "counted": len(counted),
        "rows": [{"document": row.document, "counts": row.content_id in counted} for row in rows],
    }
