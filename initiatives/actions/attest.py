"""Attest: somebody looked, and what is published is still true."""

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
    """Put the day of the check on the live document, and nothing else of the working copy.

    Gives None where that day is there already. Raises PermissionDenied, or Refused where nothing is public.
    """
    permit(by, "publishing.review")
    lock_the_record()  # before any row of the working copy, as everywhere: else two who attest wait for each other
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
    """Attest each, or none. Gives how many. Raises PermissionDenied, or Refused naming one that is not public."""
    permit(by, "publishing.review")
    return for_each(initiatives, lambda initiative: attest(initiative=initiative, by=by, on=on))
