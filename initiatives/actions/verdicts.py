"""Verdicts: one editor rates, another checks."""

from django.utils.translation import gettext as _

from newsroom.actions.decorators import audited_action
from newsroom.actions.permissions import ActionError, require_perm
from newsroom.models import audited_update

from ..models import Verdict


@audited_action
def rate(*, verdict: Verdict, by) -> Verdict:
    """Save a new or changed verdict. A change of what it judges needs a new check. Raises PermissionDenied."""
    stored = Verdict.objects.select_for_update().filter(pk=verdict.pk).first()
    require_perm(by, "initiatives.change_verdict" if stored else "initiatives.add_verdict")
    if stored is None or any(getattr(stored, name) != getattr(verdict, name) for name in Verdict.JUDGED_FIELDS):
        verdict.set_by, verdict.checked_by = by, None
    verdict.save()
    return verdict


@audited_action
def check_verdict(*, verdict: Verdict, by) -> Verdict:
    """Confirm the rating that another editor gave.

    Raises PermissionDenied, or ActionError if nobody is known to have given it or the same person did.
    """
    require_perm(by, "record.review")
    stored = Verdict.objects.select_for_update().get(pk=verdict.pk)
    if stored.set_by_id is None:
        raise ActionError(_("Nobody is known to have given this rating. Save it again."))
    if stored.set_by_id == by.pk:
        raise ActionError(_("You gave this rating yourself: somebody else must check it."))
    audited_update(Verdict.objects.filter(pk=stored.pk), checked_by=by)
    verdict.checked_by = by
    return verdict
