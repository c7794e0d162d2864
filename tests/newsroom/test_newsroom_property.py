"""Random people use the verbs of the newsroom in any order: what is public is what a plain model of the rules allows.

No sequence publishes what was not approved, loses an edit, or makes a draft public.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Milestone
from newsroom.actions.hold_back import hold_back
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import publish
from newsroom.actions.restore import restore
from newsroom.actions.review import approve, cancel_review_request, request_review, send_back
from newsroom.actions.schedule import cancel_schedule, execute_schedule, schedule_publication
from newsroom.actions.withdraw import withdraw
from newsroom.choices import RootState
from newsroom.documents.drafts import build_draft
from newsroom.documents.workflow_state import get_workflow_states
from newsroom.models import Schedule, set_actor
from record.models import Publication
from tests.factories import InitiativeFactory, MilestoneFactory, UserFactory

ROLES = {"ann": "author", "bob": "author", "rae": "reviewer", "ron": "reviewer", "pia": "publisher", "pam": "publisher"}
MAY_REVIEW = {"rae", "ron", "pia", "pam"}
MAY_PUBLISH = {"pia", "pam"}
PEOPLE = [*ROLES, "stranger"]
WHO, WHICH = st.sampled_from(PEOPLE), st.integers(0, 1)
WORDS = st.sampled_from(["Alpha", "Beta", "Gamma"])


@dataclass
class Thing:
    """What the rules know of an initiative. A text is (title, {milestone: title}) of what would be public of it."""

    title: str
    milestones: dict = field(default_factory=dict)  # {content_id: [title, held back]}
    live: tuple | None = None
    ever_public: bool = False
    version: int = 0  # how often its publication or withdrawal changed the record
    thread: list = field(default_factory=list)  # [(verb, who, text)]
    work: list = field(default_factory=list)  # [(moment, who)]
    since: int = -1  # the moment at which what is public was taken from the working copy
    waiting: dict | None = None
    public_at: dict = field(default_factory=dict)  # {publication: text}

    @property
    def text(self):
        shown = {key: title for key, (title, held) in self.milestones.items() if not held}
        return self.title, tuple(sorted(shown.items()))

    def authors(self):
        last = max((at for at, (verb, *_rest) in enumerate(self.thread) if verb == "published"), default=-1)
        asked = {who for at, (verb, who, _text) in enumerate(self.thread) if verb == "requested" and at > last}
        return asked | {who for moment, who in self.work if moment > self.since}

    def last(self):
        return self.thread[-1] if self.thread else ("", None, None)

    def is_approved(self, text):
        last = max((at for at, said in enumerate(self.thread) if said[0] == "published"), default=-1)
        said = [verb for verb, _who, about in self.thread[last + 1 :] if about == text]
        return bool(said) and said[-1] == "approved"

    def only_goes(self, text):
        """Milestones were held back or deleted, and nothing else: that waits for nobody."""
        return self.live is not None and text[0] == self.live[0] and set(text[1]) <= set(self.live[1])


class Newsroom:
    def __init__(self, *, second_person):
        self.second_person, self.moment, self.demoted = second_person, 0, set()
        self.people = {name: UserFactory(username=name) for name in PEOPLE}
        for name, role in ROLES.items():
            self.people[name].groups.add(Group.objects.get(name=role))
        with set_actor(self.people["ann"]):
            self.rows = [InitiativeFactory(title_en=f"First {at}") for at in range(2)]
        self.things = [Thing(row.title_en, work=[(0, "ann")]) for row in self.rows]

    def user(self, name):
        return type(self.people[name]).objects.get(pk=self.people[name].pk)  # rights are kept on the object

    def asked(self, which):
        self.moment += 1
        self.rows[which].refresh_from_db()
        return self.rows[which], self.things[which]

    def may_publish(self, who):
        return who in MAY_PUBLISH - self.demoted

    def may_review(self, who):
        return who in MAY_REVIEW - self.demoted

    @contextmanager
    def only_if(self, *, permitted=True, possible=True):
        """Check that the verb works exactly where the model says so."""
        refusal = PermissionDenied if not permitted else ActionError if not possible else None
        if refusal is None:
            yield
            return
        with pytest.raises(refusal), transaction.atomic():
            yield

    # Editing

    def retitle(self, who, which, words):
        row, thing = self.asked(which)
        self.edit(who, thing, row, words, thing.title != words)
        thing.title = words

    def write_a_milestone(self, who, which, words):
        row, thing = self.asked(which)
        if len(thing.milestones) == 3:
            return
        with set_actor(self.user(who)):
            milestone = MilestoneFactory(initiative=row, title_en=words)
        thing.milestones[str(milestone.content_id)] = [words, False]
        thing.work.append((self.moment, who))

    def rewrite_a_milestone(self, who, which, words, at):
        _row, thing = self.asked(which)
        for key in list(thing.milestones)[at : at + 1]:
            self.edit(who, thing, Milestone.objects.get(content_id=key), words, thing.milestones[key][0] != words)
            thing.milestones[key][0] = words

    def delete_a_milestone(self, who, which, at):
        _row, thing = self.asked(which)
        for key in list(thing.milestones)[at : at + 1]:
            with set_actor(self.user(who)):
                Milestone.objects.get(content_id=key).delete()
            del thing.milestones[key]
            thing.work.append((self.moment, who))

    def hold_or_release(self, who, which, at, held):
        _row, thing = self.asked(which)
        for key in list(thing.milestones)[at : at + 1]:
            with self.only_if(permitted=who in ROLES):
                hold_back(rows=Milestone.objects.filter(content_id=key), held=held, by=self.user(who))
                thing.milestones[key][1] = held

    def edit(self, who, thing, row, words, differs):
        with set_actor(self.user(who)):
            row.title_en = words
            row.save()
        if differs:
            thing.work.append((self.moment, who))

    # Review

    def request(self, who, which):
        row, thing = self.asked(which)
        with self.only_if(permitted=who in ROLES):
            request_review(root=row, by=self.user(who))
            thing.thread.append(("requested", who, thing.text))

    def approve_it(self, who, which, saw_it):
        row, thing = self.asked(which)
        possible = saw_it and thing.last()[0] == "requested" and who not in thing.authors()
        with self.only_if(permitted=self.may_review(who), possible=possible):
            approve(root=row, by=self.user(who), seen=build_draft(row).digest if saw_it else "what was there before")
            thing.thread.append(("approved", who, thing.text))

    def send_it_back(self, who, which):
        row, thing = self.asked(which)
        verb, _who, about = thing.last()
        with self.only_if(permitted=self.may_review(who), possible=verb in ("requested", "approved")):
            send_back(root=row, by=self.user(who), note="Once more")
            thing.thread.append(("sent_back", who, about))

    def take_it_back(self, who, which):
        row, thing = self.asked(which)
        verb, _who, about = thing.last()
        published = max((at for at, said in enumerate(thing.thread) if said[0] == "published"), default=-1)
        own = ("requested", who) in [said[:2] for said in thing.thread[published + 1 :]]
        with self.only_if(permitted=who in ROLES, possible=verb in ("requested", "approved") and own):
            cancel_review_request(root=row, by=self.user(who))
            thing.thread.append(("taken_back", who, about))

    # Publishing

    def publish_it(self, who, which):
        row, thing = self.asked(which)
        possible = thing.only_goes(thing.text) or thing.is_approved(thing.text) or not self.second_person
        with self.only_if(permitted=self.may_publish(who), possible=possible):
            publication = publish(drafts=[build_draft(row)], by=self.user(who))
            self.appended(thing, thing.text, publication, since=self.moment, by=who)

    def appended(self, thing, text, publication, *, since, by):
        assert (publication is None) is (text == thing.live)
        if publication is None:
            return
        if self.second_person and not thing.only_goes(text):
            assert publication.approved_by.username in MAY_REVIEW
        thing.live, thing.ever_public, thing.since = text, True, since
        thing.version += 1
        thing.public_at[publication.pk] = text
        verb, _who, about = thing.last()
        if verb in ("requested", "approved", "sent_back") and text in (about, thing.text):
            thing.thread.append(("published", by, about))

    def schedule_it(self, who, which):
        row, thing = self.asked(which)
        possible = (
            thing.waiting is None
            and thing.text != thing.live
            and (thing.only_goes(thing.text) or thing.is_approved(thing.text) or not self.second_person)
        )
        with self.only_if(permitted=self.may_publish(who), possible=possible):
            made = schedule_publication(
                drafts=[build_draft(row)], at=timezone.now() + timedelta(hours=1), by=self.user(who)
            )
            thing.waiting = {
                "pk": made.pk,
                "who": who,
                "text": thing.text,
                "version": thing.version,
                "moment": self.moment,
            }

    def cancel_it(self, who, which):
        _row, thing = self.asked(which)
        pk = thing.waiting["pk"] if thing.waiting else 0
        with self.only_if(permitted=self.may_publish(who), possible=thing.waiting is not None):
            cancel_schedule(schedule_id=pk, by=self.user(who))
            thing.waiting = None

    def its_moment_comes(self, again):
        self.moment += 1
        at = timezone.now() + timedelta(hours=2)
        for thing in self.things:
            waiting, thing.waiting = thing.waiting, None
            if waiting:
                self.carried_out(thing, waiting, execute_schedule(schedule_id=waiting["pk"], at=at))
            for _ in range(again if waiting else 0):
                assert execute_schedule(schedule_id=waiting["pk"], at=at) is None

    def carried_out(self, thing, waiting, done):
        text = waiting["text"]
        approved = thing.only_goes(text) or thing.is_approved(text) or not self.second_person
        possible = self.may_publish(waiting["who"]) and thing.version == waiting["version"] and approved
        assert done.state == ("published" if possible else "failed"), done.reason
        if possible:
            self.appended(thing, waiting["text"], done.publication, since=waiting["moment"], by=waiting["who"])

    def withdraw_it(self, who, which):
        row, thing = self.asked(which)
        with self.only_if(permitted=self.may_publish(who)):
            done = withdraw(root=("initiative", str(row.content_id)), reason={"en": "Wrong"}, by=self.user(who))
            assert (done is None) is (thing.live is None)
            if done:
                thing.live = None
                thing.version += 1

    def restore_it(self, who, which, at):
        row, thing = self.asked(which)
        for publication, (title, milestones) in list(thing.public_at.items())[at : at + 1]:
            with self.only_if(permitted=who in ROLES):
                restore(
                    root_type="initiative",
                    content_id=row.content_id,
                    at_publication=Publication.objects.get(pk=publication),
                    by=self.user(who),
                )
                self.restored(thing, who, title, dict(milestones))

    def restored(self, thing, who, title, milestones):
        before = {key: words for key, (words, _held) in thing.milestones.items()}
        rewritten = any(before.get(key) != words for key, words in milestones.items())
        if rewritten or title != thing.title:
            thing.work.append((self.moment, who))
        thing.title = title
        for key in thing.milestones:
            thing.milestones[key][1] = True
        thing.milestones |= {key: [words, False] for key, words in milestones.items()}

    def lose_or_regain_the_role(self, who, gone):
        groups = self.people[who].groups
        groups.set([Group.objects.get(name="author" if gone else "publisher")])
        (self.demoted.add if gone else self.demoted.discard)(who)

    # What must hold whatever was done

    def what_is_public_is_what_the_rules_allow(self):
        milestones = {}
        for edition in MilestoneEdition.objects.all():
            key = str(edition.root_content_id)
            milestones.setdefault(key, []).append((str(edition.content_id), edition.load_document()["title"]["en"]))
        found = {
            str(edition.content_id): (
                edition.load_document()["title"]["en"],
                tuple(sorted(milestones.pop(str(edition.content_id), []))),
            )
            for edition in InitiativeEdition.objects.all()
        }
        things = zip(self.rows, self.things, strict=True)
        assert found == {str(row.content_id): thing.live for row, thing in things if thing.live is not None}
        assert milestones == {}

    def no_edit_is_lost(self):
        for row, thing in zip(self.rows, self.things, strict=True):
            row.refresh_from_db()
            rows = Milestone.objects.filter(initiative=row)
            found = {str(each.content_id): [each.title_en, each.held_back] for each in rows}
            assert (row.title_en, found) == (thing.title, thing.milestones)

    def what_is_under_way_is_told(self):
        for row, thing in zip(self.rows, self.things, strict=True):
            verb, _who, about = thing.last()
            reviewed = {
                "requested": RootState.IN_REVIEW,
                "approved": RootState.APPROVED if about == thing.text else None,
            }
            expected = RootState.SCHEDULED if thing.waiting else reviewed.get(verb)
            assert get_workflow_states("initiative", [row.content_id]).get(str(row.content_id)) == expected
            assert Schedule.objects.waiting().filter(content_id=row.content_id).exists() is (thing.waiting is not None)


EDITOR = st.sampled_from(list(ROLES))
MILESTONE = st.integers(0, 2)
VERBS = {
    Newsroom.retitle: {"who": EDITOR, "which": WHICH, "words": WORDS},
    Newsroom.write_a_milestone: {"who": EDITOR, "which": WHICH, "words": WORDS},
    Newsroom.rewrite_a_milestone: {"who": EDITOR, "which": WHICH, "words": WORDS, "at": MILESTONE},
    Newsroom.delete_a_milestone: {"who": EDITOR, "which": WHICH, "at": MILESTONE},
    Newsroom.hold_or_release: {"who": WHO, "which": WHICH, "at": MILESTONE, "held": st.booleans()},
    Newsroom.request: {"who": WHO, "which": WHICH},
    Newsroom.approve_it: {"who": WHO, "which": WHICH, "saw_it": st.sampled_from([True, True, True, False])},
    Newsroom.send_it_back: {"who": WHO, "which": WHICH},
    Newsroom.take_it_back: {"who": WHO, "which": WHICH},
    Newsroom.publish_it: {"who": WHO, "which": WHICH},
    Newsroom.schedule_it: {"who": WHO, "which": WHICH},
    Newsroom.cancel_it: {"who": WHO, "which": WHICH},
    Newsroom.its_moment_comes: {"again": st.integers(0, 1)},
    Newsroom.withdraw_it: {"who": WHO, "which": WHICH},
    Newsroom.restore_it: {"who": WHO, "which": WHICH, "at": st.integers(0, 3)},
    Newsroom.lose_or_regain_the_role: {"who": st.sampled_from(sorted(MAY_PUBLISH)), "gone": st.booleans()},
}
LIKELY = (Newsroom.request, Newsroom.approve_it, Newsroom.approve_it, Newsroom.publish_it, Newsroom.schedule_it)
STEP = st.sampled_from([*VERBS, *LIKELY]).flatmap(
    lambda verb: st.tuples(st.just(verb), st.fixed_dictionaries(VERBS[verb]))
)


def obey_the_rules(examples):
    """Let people do anything in any order, and hold what is public against the rules after each step."""

    @settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=examples)
    @given(second_person=st.booleans(), steps=st.lists(STEP, min_size=40, max_size=60))
    def any_sequence_of_verbs(second_person, steps):
        with override_settings(REQUIRE_SECOND_PERSON=second_person), transaction.atomic():
            newsroom = Newsroom(second_person=second_person)
            for verb, arguments in steps:
                verb(newsroom, **arguments)
                newsroom.what_is_public_is_what_the_rules_allow()
                newsroom.no_edit_is_lost()
                newsroom.what_is_under_way_is_told()
            transaction.set_rollback(True)

    any_sequence_of_verbs()


@pytest.mark.postgres_only
@pytest.mark.django_db
@pytest.mark.parametrize("shard", range(4))  # each has seeds of its own, and may go to another worker
def test_no_sequence_of_verbs_publishes_the_unapproved_loses_an_edit_or_leaks_a_draft(shard):
    obey_the_rules(examples=3)


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.parametrize("shard", range(4))
def test_no_longer_search_finds_such_a_sequence_either(shard):
    obey_the_rules(examples=25)
