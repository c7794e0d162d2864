"""The roles around its boundary ask every verb itself, past the admin: the actions hold what the buttons promise.

Marked `exhaustive`, all roles ask the same.
"""

from datetime import date, timedelta
from inspect import isfunction

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import initiatives.actions
import newsroom.actions
import notifications.actions
from initiatives.editions import InitiativeEdition
from initiatives.models import Initiative, Milestone
from newsroom.documents.drafts import build_draft
from newsroom.documents.registry import get_row_type
from newsroom.models import ReviewEntry, Schedule
from notifications.models import Notice, Reminder
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    EvidenceFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    VerdictFactory,
    published,
)
from tests.hkpolicy.access_fixtures import redaction_of, translated, tried
from tests.hkpolicy.permission_table import asked_by, may

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
TODAY = date(2026, 1, 1)
HAPPENED = {"result": "met", "actual": FuzzyDate(TODAY, TODAY)}

VERBS = {  # the first role that may
    "request_review": "author",
    "take_back": "author",
    "restore": "author",
    "undelete": "author",
    "confirm_translations": "author",
    "hold_back": "author",
    "share_preview": "author",
    "revoke_preview": "author",
    "set_result": "author",
    "rate": "author",
    "set_owner": "author",
    "approve": "reviewer",
    "send_back": "reviewer",
    "attest": "reviewer",
    "attest_all": "reviewer",
    "reissue": "reviewer",
    "check_result": "reviewer",
    "check_verdict": "reviewer",
    "publish": "publisher",
    "schedule": "publisher",
    "cancel": "publisher",
    "withdraw": "publisher",
    "take_note": "publisher",
    "move": "publisher",
    "invite": "administrator",
    "merge": "administrator",  # of what was never public: it is deleted
    "propose_redaction": "administrator",
    "confirm_redaction": "administrator",
    "drop_redaction": "administrator",
    "retry": "administrator",
}
STAGED = {name: name for name in VERBS} | {"retry_of_news": "retry"}  # what is given to a verb: the verb
# Parts of verbs, and what the machine does by itself at its time.
NOBODYS = {"permit", "verb", "for_each", "warnings_of", "carry_out", "sweep", "foresee", "deliver", "sweep_news"}
NOBODYS |= {"deliver_news", "unconfirmed"}

MODULES = (newsroom.actions, initiatives.actions, notifications.actions)
EXPORTED = {name: getattr(module, name) for module in MODULES for name in module.__all__}


class Stage:
    """For each verb what must be so before; gives what it is called with beside `by`."""

    def __init__(self, world, by):
        self.keeper, self.rows, self.by, self.scheduled = world.keeper, world.rows, by, world.scheduled
        self.root = InitiativeFactory()

    def public(self):
        return published(self.root, by=self.keeper)

    def asked(self):
        """Of the root's review, asked by whoever is about to act where that matters."""
        newsroom.actions.request_review(root=self.root, by=self.keeper)
        return {"root": self.root}

    def shared(self):
        lasting = timedelta(days=1)
        return newsroom.actions.share_preview(root=self.root, by=self.keeper, lasting=lasting)

    def request_review(self):
        return {"root": self.root}

    def take_back(self):
        asked = self.asked()
        if not self.by.is_anonymous:
            ReviewEntry.objects.filter(content_id=self.root.content_id).update(by=self.by)
        return asked

    def restore(self):
        self.public()
        Initiative.objects.filter(pk=self.root.pk).update(title_en="Since")
        publication = Publication.objects.latest("pk")
        return {"root_type": "initiative", "content_id": self.root.content_id, "at_publication": publication}

    def undelete(self):
        return {"entry": self.rows["newsroom_workingchange"]}

    def hold_back(self):
        return {"rows": Milestone.objects.filter(pk=MilestoneFactory().pk)}

    def share_preview(self):
        return {"root": self.root, "lasting": timedelta(days=1)}

    def revoke_preview(self):
        return {"root": self.root, "link_id": self.shared().pk}

    def set_result(self):
        return {"milestone": MilestoneFactory()} | HAPPENED

    def rate(self):
        return {"verdict": VerdictFactory()}

    def set_owner(self):
        return self.hold_back() | {"owner": self.keeper}

    def approve(self):
        return self.asked() | {"seen": build_draft(self.root).digest}

    def send_back(self):
        return self.asked() | {"note": "Mend this"}

    def attest(self):
        return {"initiative": self.public(), "on": TODAY}

    def attest_all(self):
        return {"initiatives": [self.public()], "on": TODAY}

    def reissue(self):
        changes = {"attested_on": TODAY.isoformat()}
        return {"edition_class": InitiativeEdition, "content_id": self.public().content_id, "changes": changes}

    def check_result(self):
        milestone = EvidenceFactory().milestone
        return {"milestone": initiatives.actions.set_result(milestone=milestone, by=self.keeper, **HAPPENED)}

    def check_verdict(self):
        verdict = VerdictFactory()
        verdict.rated_by = "us"
        return {"verdict": initiatives.actions.rate(verdict=verdict, by=self.keeper)}

    def confirm_translations(self):
        row = translated(self.root)
        return {"row": row, "seen": newsroom.actions.get_unreviewed_texts(row).digest}

    def publish(self):
        return {"drafts": [build_draft(self.root)], "overruled": "a test"}

    def schedule(self):
        return self.publish() | {"at": timezone.now() + timedelta(days=1)}

    def cancel(self):
        return {"schedule_id": Schedule.objects.waiting().first().pk}

    def take_note(self):
        given = self.cancel()
        Schedule.objects.filter(pk=given["schedule_id"]).update(state="failed")
        return given

    def withdraw(self):
        return {"root": (get_row_type(self.root), str(self.public().content_id)), "reason": {"en": "Why"}}

    def move(self):
        return {"child": published(MilestoneFactory(), by=self.keeper), "to": self.public()}

    def merge(self):
        return {"row": OrganisationFactory(), "into": OrganisationFactory()}

    def propose_redaction(self):
        return redaction_of(self.public())

    def confirm_redaction(self):
        return {"redaction": newsroom.actions.propose_redaction(**redaction_of(self.public()), by=self.keeper)}

    drop_redaction = confirm_redaction

    def invite(self):
        return {"user": self.rows["auth_user"], "language": "en"}

    def retry(self):
        return {"row": Reminder.objects.get()}

    def retry_of_news(self):
        return {"row": Notice.objects.get()}


def test_every_verb_is_in_the_table():
    assert {name for name, each in EXPORTED.items() if isfunction(each)} == VERBS.keys() | NOBODYS


@asked_by
@pytest.mark.parametrize("staged", STAGED)
def test_who_may_do_what(world, staged, roles):
    name = STAGED[staged]
    for role in roles(VERBS[name]):
        if role == "outsider":  # has the rights of an administrator and lacks the admin only
            continue
        by = world.users.get(role) or AnonymousUser()
        with tried():
            given = getattr(Stage(world, by), staged)()
            with tried() as writes:
                refused = False
                try:
                    EXPORTED[name](**given, by=by)
                except PermissionDenied:
                    refused = True
        assert (refused, bool(writes)) == ((False, True) if may(role, VERBS[name]) else (True, False)), role
