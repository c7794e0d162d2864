"""Results of milestones: one editor sets them, another checks them."""

from django.utils.translation import gettext as _

from newsroom.actions.decorators import audited_action
from newsroom.actions.permissions import ActionError, require_perm
from newsroom.models import audited_update
from record.dates import FuzzyDate

from ..choices import CHECKED_RESULTS
from ..models import Milestone


@audited_action
def set_result(*, milestone: Milestone, result: str, actual: FuzzyDate, by) -> Milestone:
    """Set how the milestone ended, and when.

    A changed result or date needs a new check; setting the same again changes nothing. Raises PermissionDenied.
    """
    require_perm(by, "initiatives.change_milestone")
    stored = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if (stored.result, stored.actual) == (result, actual):
        return milestone
    milestone.result, milestone.actual = result, actual
    milestone.reset_check(by)
    milestone.save()
    return milestone


@audited_action
def check_result(*, milestone: Milestone, by) -> Milestone:
    """Confirm the result that another editor set.

    Raises PermissionDenied, or ActionError if there is no result, nobody is known to have set it, the same person set
    it or it has no evidence.
    """
    require_perm(by, "record.review")
    stored = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if stored.result not in CHECKED_RESULTS:
        raise ActionError(_("There is no result to check."))
    if stored.result_set_by_id is None:
        raise ActionError(_("Nobody is known to have set the result. Set it again."))
    if stored.result_set_by_id == by.pk:
        raise ActionError(_("You set this result yourself: somebody else must check it."))
    if not stored.evidence.filter(held_back=False).exists():
        raise ActionError(_("A result needs evidence before it can be checked."))
    audited_update(Milestone.objects.filter(pk=stored.pk), checked_by=by)
    milestone.checked_by = by
    return milestone
