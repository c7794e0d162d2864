"""Attest: an editor looked, and what is published is still true."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from publishing.actions import Refused, for_each, permit, reissue, verb
from publishing.actions.appending import lock_the_record
from publishing.models import Publication, update_logged

from ..editions import InitiativeEdition
from ..models import Initiative


@verb
def attest(*, initiative: Initiative, by, on: date) -> Publication | None:
    """Write the day of the check into the live document, without publishing anything else of the working copy.

    Return None if that day stands there already. Raises PermissionDenied, or ActionError if nothing is public.
    """
    permit(by, "publishing.review")
    lock_the_record()  # first, as everywhere: taken after rows of the working copy, it would deadlock
    if not InitiativeEdition.objects.filter(content_id=initiative.content_id).exists():
        raise Refused(_("It is not public: there is nothing to attest."))
    update_logged(Initiative.objects.filter(pk=initiative.pk), attested_by=by, attested_on=on)
    initiative.attested_by, initiative.attested_on = by, on
    return reissue(
        edition_class=InitiativeEdition,
        content_id=initiative.content_id,
        changes={"attested_on": on.isoformat()},
        by=by,
    )


@verb
def attest_all(*, initiatives: Iterable[Initiative], by, on: date) -> int:
    """Attest every initiative, or none; return their number.

    Raises PermissionDenied, or ActionError naming an initiative that is not public.
    """
    permit(by, "publishing.review")
    return for_each(initiatives, lambda initiative: attest(initiative=initiative, by=by, on=on))
