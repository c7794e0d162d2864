"""Attest: an editor looked, and what is published is still true."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from newsroom.actions.append import lock_publishing
from newsroom.actions.bulk import apply_to_all
from newsroom.actions.decorators import audited_action
from newsroom.actions.permissions import ActionError, require_perm
from newsroom.actions.publish import republish
from newsroom.models import audited_update
from record.models import Publication

from ..editions import InitiativeEdition
from ..models import Initiative


@audited_action
def attest(*, initiative: Initiative, by, on: date) -> Publication | None:
    """Write the day of the check into the live document, without publishing anything else of the working copy.

    Return None if that day stands there already. Raises PermissionDenied, or ActionError if nothing is public.
    """
    require_perm(by, "record.review")
    lock_publishing()  # first, as everywhere: taken after rows of the working copy, it would deadlock
    if not InitiativeEdition.objects.filter(content_id=initiative.content_id).exists():
        raise ActionError(_("It is not public: there is nothing to attest."))
    audited_update(Initiative.objects.filter(pk=initiative.pk), attested_by=by, attested_on=on)
    initiative.attested_by, initiative.attested_on = by, on
    return republish(
        edition_class=InitiativeEdition,
        content_id=initiative.content_id,
        changes={"attested_on": on.isoformat()},
        by=by,
    )


@audited_action
def attest_all(*, initiatives: Iterable[Initiative], by, on: date) -> int:
    """Attest every initiative, or none; return their number.

    Raises PermissionDenied, or ActionError naming an initiative that is not public.
    """
    require_perm(by, "record.review")
    return apply_to_all(initiatives, lambda initiative: attest(initiative=initiative, by=by, on=on))
