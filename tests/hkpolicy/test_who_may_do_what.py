"""The roles around its boundary ask every verb itself, past the admin: the actions hold what the buttons promise.

Marked `exhaustive`, all roles ask the same.
"""

from datetime import date, timedelta
from importlib import import_module
from inspect import isfunction, signature
from pkgutil import iter_modules

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import initiatives.actions
import newsroom.actions
import notifications.actions
from initiatives.actions.results import set_result
from initiatives.actions.verdicts import rate
from initiatives.editions import InitiativeEdition
from initiatives.models import Initiative, Milestone
from newsroom.actions.confirm_translations import get_unreviewed_texts
from newsroom.actions.preview_links import share_preview
from newsroom.actions.redact import propose_redaction
from newsroom.actions.review import request_review
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
from tests.hkpolicy.access_fixtures import redaction_of, rolled_back, translated
from tests.hkpolicy.permission_table import asked_by, may

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
TODAY = date(2026, 1, 1)
HAPPENED = {"result": "met", "actual": FuzzyDate(TODAY, TODAY)}

VERBS = {  # the first role that may
    "request_review": "author",
    "cancel_review_request": "author",
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
    "republish": "reviewer",
    "check_result": "reviewer",
    "check_verdict": "reviewer",
    "publish": "publisher",
    "schedule_publication": "publisher",
    "cancel_schedule": "publisher",
    "withdraw": "publisher",
    "acknowledge_failure": "publisher",
    "move": "publisher",
    "invite": "administrator",
    "merge": "administrator",  # of what was never public: it is deleted
    "propose_redaction": "administrator",
    "confirm_redaction": "administrator",
    "drop_redaction": "administrator",
    "retry_message": "administrator",
}
STAGED = {name: name for name in VERBS} | {"retry_of_news": "retry_message"}  # what is given to a verb: the verb
# Parts of verbs.
NOBODYS = {"append_publication", "close_review_threads", "create_publication", "require_perm"}


def find_actions():
    """Return {name: function} of the public functions that act on somebody's behalf."""
    found = {}
    for package in (newsroom.actions, initiatives.actions, notifications.actions):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            for name, each in vars(import_module(module.name)).items():
                own = isfunction(each) and each.__module__ == module.name and not name.startswith("_")
                if own and "by" in signature(each).parameters:
                    found[name] = each
    return found


ACTIONS = find_actions()


class ActionFixtures:
    """For each verb what must be so before; gives what it is called with beside `by`."""

    def __init__(self, world, by):
        self.admin_user, self.rows, self.by, self.scheduled = world.admin_user, world.rows, by, world.scheduled
        self.root = InitiativeFactory()

    def public(self):
        return published(self.root, by=self.admin_user)

    def asked(self):
        """Ask for the root's review, by whoever is about to act where that matters."""
        request_review(root=self.root, by=self.admin_user)
        return {"root": self.root}

    def shared(self):
        lasting = timedelta(days=1)
        return share_preview(root=self.root, by=self.admin_user, lasting=lasting)

    def request_review(self):
        return {"root": self.root}

    def cancel_review_request(self):
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
        return self.hold_back() | {"owner": self.admin_user}

    def approve(self):
        return self.asked() | {"seen": build_draft(self.root).digest}

    def send_back(self):
        return self.asked() | {"note": "Mend this"}

    def attest(self):
        return {"initiative": self.public(), "on": TODAY}

    def attest_all(self):
        return {"initiatives": [self.public()], "on": TODAY}

    def republish(self):
        changes = {"attested_on": TODAY.isoformat()}
        return {"edition_class": InitiativeEdition, "content_id": self.public().content_id, "changes": changes}

    def check_result(self):
        milestone = EvidenceFactory().milestone
        return {"milestone": set_result(milestone=milestone, by=self.admin_user, **HAPPENED)}

    def check_verdict(self):
        verdict = VerdictFactory()
        verdict.rated_by = "us"
        return {"verdict": rate(verdict=verdict, by=self.admin_user)}

    def confirm_translations(self):
        row = translated(self.root)
        return {"row": row, "seen": get_unreviewed_texts(row).digest}

    def publish(self):
        return {"drafts": [build_draft(self.root)], "overruled": "a test"}

    def schedule_publication(self):
        return self.publish() | {"at": timezone.now() + timedelta(days=1)}

    def cancel_schedule(self):
        return {"schedule_id": Schedule.objects.waiting().first().pk}

    def acknowledge_failure(self):
        given = self.cancel_schedule()
        Schedule.objects.filter(pk=given["schedule_id"]).update(state="failed")
        return given

    def withdraw(self):
        return {"root": (get_row_type(self.root), str(self.public().content_id)), "reason": {"en": "Why"}}

    def move(self):
        return {"child": published(MilestoneFactory(), by=self.admin_user), "to": self.public()}

    def merge(self):
        return {"row": OrganisationFactory(), "into": OrganisationFactory()}

    def propose_redaction(self):
        return redaction_of(self.public())

    def confirm_redaction(self):
        return {"redaction": propose_redaction(**redaction_of(self.public()), by=self.admin_user)}

    drop_redaction = confirm_redaction

    def invite(self):
        return {"user": self.rows["auth_user"], "language": "en"}

    def retry_message(self):
        return {"row": Reminder.objects.get()}

    def retry_of_news(self):
        return {"row": Notice.objects.get()}


def test_every_verb_is_in_the_table():
    assert ACTIONS.keys() == VERBS.keys() | NOBODYS


@asked_by
@pytest.mark.parametrize("staged", STAGED)
def test_who_may_do_what(world, staged, roles):
    name = STAGED[staged]
    for role in roles(VERBS[name]):
        if role == "outsider":  # has the rights of an administrator and lacks the admin only
            continue
        by = world.users.get(role) or AnonymousUser()
        with rolled_back():
            given = getattr(ActionFixtures(world, by), staged)()
            with rolled_back() as writes:
                refused = False
                try:
                    ACTIONS[name](**given, by=by)
                except PermissionDenied:
                    refused = True
        assert (refused, bool(writes)) == ((False, True) if may(role, VERBS[name]) else (True, False)), role
