"""One sentence about the money of an initiative. Sums of different stages are never added."""

from django.utils.translation import gettext as _

from publishing.shapes.wording import qualified, sum_in_words

FOR_USE = ("pledged", "announced", "earmarked", "proposed", "appropriated", "committed", "contracted")
USED = ("disbursed", "spent")
OTHERS = ("private", "land")


def money_sentence(groups: list[dict]) -> str:
    """Name the furthest public stage, what was spent of it as far as reported, and what came back.

    An earlier stage with a larger sum is named before it. Private money and land stand apart; an estimate is nobody's
    money. groups: see `present_money`.
    """
    clauses = [*_public(groups), *_apart(groups)]
    return _joined(clauses) if groups else _("No money recorded.")


def _public(groups: list[dict]) -> list[str]:
    public = {each["stage"]: each for each in groups if each["payer"] == "public"}
    sums = [public[stage] for stage in FOR_USE if stage in public and public[stage]["total"] is not None]
    used = [public[stage] for stage in USED if stage in public]
    known = [each for each in used if each["total"] is not None]
    back = [public["returned"]] if "returned" in public and public["returned"]["total"] is not None else []
    clauses = [_at_its_stage(each) for each in [*_furthest(sums), *_furthest(known), *back]]
    if not (clauses or used):
        return _only_estimated(public)
    if not used:
        return [*clauses, _("no spending reported")]
    return clauses if known else [*clauses, _("spending reported without a sum")]


def _furthest(sums: list[dict]) -> list[dict]:
    """Return the last of these groups, and before it the last one with a larger sum."""
    if not sums:
        return []
    larger = [each for each in sums if each["total"] > sums[-1]["total"]]
    return [*larger[-1:], sums[-1]]


def _only_estimated(public: dict[str, dict]) -> list[str]:
    estimate = public.get("estimate")
    if estimate and estimate["total"] is not None:
        return [_("A cost of %(sum)s was estimated") % {"sum": _sum(estimate)}, _("no public money recorded")]
    return [_("Public money was mentioned without a sum") if public else _("No public money recorded")]


def _apart(groups: list[dict]) -> list[str]:
    """Name private money and land: for each payer the furthest stage, never an estimate nor what was returned."""
    sums = {(each["payer"], each["stage"]): each for each in groups if each["total"] is not None}
    found = {payer: sums[payer, stage] for stage in (*FOR_USE, *USED) for payer in OTHERS if (payer, stage) in sums}
    forms = {
        "private": _("%(sum)s of private money stands apart from that"),
        "land": _("land worth %(sum)s stands apart from that"),
    }
    return [forms[payer] % {"sum": _sum(found[payer])} for payer in OTHERS if payer in found]


def _at_its_stage(group: dict) -> str:
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
    }[group["stage"]] % {"sum": _sum(group)}


def _sum(group: dict) -> str:
    return qualified(sum_in_words(group["total"]), group["qualifier"])


def _joined(clauses: list[str]) -> str:
    sentence = _("%(first)s.") % {"first": _("; ").join(clauses)}
    return sentence[0].upper() + sentence[1:]
