"""One sentence about the money of an initiative. Sums of different stages are never added."""

from django.utils.translation import gettext as _

from record.formatting import add_qualifier, format_hkd

STAGES_FOR_USE = ("pledged", "announced", "earmarked", "proposed", "appropriated", "committed", "contracted")
STAGES_USED = ("disbursed", "spent")
OTHER_PAYERS = ("private", "land")


def money_sentence(groups: list[dict]) -> str:
    """Name the furthest public stage, what was spent of it as far as reported, and what came back.

    An earlier stage with a larger sum is named before it. Private money and land stand apart; an estimate is nobody's
    money. groups: see `present_money`.
    """
    clauses = [*_public_clauses(groups), *_apart_clauses(groups)]
    return _join_clauses(clauses) if groups else _("No money recorded.")


def _public_clauses(groups: list[dict]) -> list[str]:
    public = {each["stage"]: each for each in groups if each["payer"] == "public"}
    sums = [public[stage] for stage in STAGES_FOR_USE if stage in public and public[stage]["total"] is not None]
    used = [public[stage] for stage in STAGES_USED if stage in public]
    known = [each for each in used if each["total"] is not None]
    back = [public["returned"]] if "returned" in public and public["returned"]["total"] is not None else []
    clauses = [_stage_clause(each) for each in [*_furthest_groups(sums), *_furthest_groups(known), *back]]
    if not (clauses or used):
        return _estimate_clauses(public)
    if not used:
        return [*clauses, _("no spending reported")]
    return clauses if known else [*clauses, _("spending reported without a sum")]


def _furthest_groups(sums: list[dict]) -> list[dict]:
    """Return the last of these groups, and before it the last one with a larger sum."""
    if not sums:
        return []
    larger = [each for each in sums if each["total"] > sums[-1]["total"]]
    return [*larger[-1:], sums[-1]]


def _estimate_clauses(public: dict[str, dict]) -> list[str]:
    estimate = public.get("estimate")
    if estimate and estimate["total"] is not None:
        return [_("A cost of %(sum)s was estimated") % {"sum": _format_sum(estimate)}, _("no public money recorded")]
    return [_("Public money was mentioned without a sum") if public else _("No public money recorded")]


def _apart_clauses(groups: list[dict]) -> list[str]:
    """Name private money and land: for each payer the furthest stage, never an estimate nor what was returned."""
    sums = {(each["payer"], each["stage"]): each for each in groups if each["total"] is not None}
    found = {
        payer: sums[payer, stage]
        for stage in (*STAGES_FOR_USE, *STAGES_USED)
        for payer in OTHER_PAYERS
        if (payer, stage) in sums
    }
    forms = {
        "private": _("%(sum)s of private money stands apart from that"),
        "land": _("land worth %(sum)s stands apart from that"),
    }
    return [forms[payer] % {"sum": _format_sum(found[payer])} for payer in OTHER_PAYERS if payer in found]


def _stage_clause(group: dict) -> str:
    return {
        "pledged": _("%(sum)s pledged"),
        "announced": _("%(sum)s announced"),
        "earmarked": _("%(sum)s set aside"),
        "proposed": _("%(sum)s put to the legislature"),
        "appropriated": _("%(sum)s approved"),
        "committed": _("%(sum)s committed"),
        "contracted": _("%(sum)s contracted for"),
        "disbursed": _("%(sum)s paid out"),
        "spent": _("%(sum)s spent"),
        "returned": _("%(sum)s returned"),
    }[group["stage"]] % {"sum": _format_sum(group)}


def _format_sum(group: dict) -> str:
    return add_qualifier(format_hkd(group["total"]), group["qualifier"])


def _join_clauses(clauses: list[str]) -> str:
    sentence = _("%(first)s.") % {"first": _("; ").join(clauses)}
    return sentence[0].upper() + sentence[1:]
