"""Whatever editors do, in whatever order, the record is what a plain model in memory says, now and at every instant."""

import copy
import uuid

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from initiatives.editions import InitiativeEdition, MilestoneEdition, OrganisationEdition
from initiatives.models import Citation, Initiative, InitiativeRelation, Milestone, Organisation, Source, Statement
from newsroom.actions.publish import SlugTaken, publish, republish
from newsroom.actions.withdraw import withdraw
from newsroom.choices import RootState
from newsroom.documents.changeset import get_public_states
from newsroom.documents.drafts import build_drafts
from tests.factories import UserFactory

EDITIONS = (InitiativeEdition, MilestoneEdition, OrganisationEdition)
ROOTS = ("initiative", "organisation")
WORDS = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
WHICH = st.integers(0, 2)
SLUGS = ("one", "two", "three", "four", "five")


class PlainModel:
    """The working copy and the record as two dicts, and publishing as the words of the design say it."""

    def __init__(self):
        self.working = {}  # {key: {"document", "parent", "held", "checked"}}
        self.live = {}  # {key: document or tombstone}
        self.names = {}  # {key: the last public name}
        self.owners = {}  # {(type, slug): content_id}
        self.instants = []  # [(instant, live then)]

    def children(self, root):
        return [key for key, row in self.working.items() if row["parent"] == root and not row["held"]]

    def publish(self, roots, instant):
        roots = set(roots)
        while extra := self.goes_along(roots):
            roots |= extra
        keys = [key for root in roots for key in [root, *self.children(root)]]
        gone = [key for key, was in self.live.items() if self.root_of.get(key) in roots and key not in keys]
        for key in keys:
            document = self.working[key]["document"]
            self.names[key] = {"slug": document.get("slug"), "title": document.get("title", document.get("name"))}
        for key in gone:
            self.bury(key, None)
        for key in keys:
            document = self.named(self.working[key]["document"])
            was = self.live.get(key, {})
            if "attested_on" in document and "attested_on" in was:
                document["attested_on"] = was["attested_on"]
            self.live[key] = document
        self.root_of |= {key: root for root in roots for key in [root, *self.children(root)]}
        for root in roots:
            self.owners.setdefault((root[0], self.working[root]["document"]["slug"]), root[1])
        self.settle(instant)

    def withdraw(self, root, reason, instant):
        for key in [key for key, of in self.root_of.items() if of == root and not self.live[key].get("withdrawn")]:
            self.bury(key, reason)
        self.settle(instant)

    def bury(self, key, reason):
        if not self.live[key].get("withdrawn"):
            self.live[key] = {"type": key[0], "content_id": key[1], "withdrawn": True, "reason": reason}
            self.names[key] = self.names[key] | {"withdrawn": True}

    def settle(self, instant):
        """Every live document calls the things it names as they are called now."""
        self.live = {key: self.named(document, known=True) for key, document in self.live.items()}
        self.instants.append((instant, copy.deepcopy(self.live)))

    def goes_along(self, roots):
        named = [ref for root in roots for ref in refs_of(self.working[root]["document"])]
        return {
            key
            for key in named
            if key[0] == "organisation" and self.working[key]["checked"] and key not in self.names and key not in roots
        }

    def named(self, document, *, known=False):
        def name(node):
            if isinstance(node, list):
                return [each for each in map(name, node) if each is not None]
            if not (isinstance(node, dict) and "type" in node):
                return node
            key = (node["type"], node["content_id"])
            bare = {field: value for field, value in node.items() if field not in ("slug", "title", "withdrawn")}
            return bare | self.names[key] if key in self.names else None

        return {field: name(value) for field, value in document.items()}

    root_of: dict


def refs_of(document):
    for value in document.values():
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, dict) and "type" in node:
                yield node["type"], node["content_id"]


class Editing(RuleBasedStateMachine):
    """Random edits on three initiatives, three organisations and their milestones."""

    @initialize()
    def start(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.by = UserFactory(is_superuser=True)
        self.model = PlainModel()
        self.model.root_of = {}
        self.source = Source.objects.create(title="Gazette")
        self.rows = {}
        self.initiatives = [self.add(Initiative, "initiative", slug=f"i{n}", title_en=f"I{n}") for n in range(3)]
        self.organisations = [
            self.add(Organisation, "organisation", slug=f"o{n}", name_en=f"O{n}", checked=n != 2) for n in range(3)
        ]
        self.milestones = []

    def teardown(self):
        try:
            self.every_instant_reads_the_same_through_the_manager()
            self.one_by_one_ends_as_all_together()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def add(self, model, type, parent=None, **values):
        row = model.objects.create(content_id=uuid.uuid4(), **values)
        citation = Citation.objects.create(cited=row, source=self.source, locator="¶1")
        key = (type, str(row.content_id))
        self.rows[key] = row
        document = (
            {"type": type, "content_id": key[1]} | copy.deepcopy(BLANK[type]) | {"citations": [self.cited(citation)]}
        )
        entry = {"document": document, "parent": parent, "held": False, "checked": values.get("checked", False)}
        self.model.working[key] = entry
        self.write(key, **{field: value for field, value in values.items() if field in TEXTS | {"slug"}})
        return key

    def cited(self, citation):
        source = {"accessed_on": None, "derived_from": None, "language": "en", "published": None, "publisher": ""}
        source |= {
            "content_id": str(self.source.content_id),
            "tier": 2,
            "title": "Gazette",
            "url": None,
            "versions": [],
        }
        blank = {"quote": "", "quote_language": None, "supports": ""}
        return {"content_id": str(citation.content_id), "locator": "¶1", "source": source} | blank

    def write(self, key, **values):
        """Apply the same edit to the row and to the model."""
        row, document = self.rows[key], self.model.working[key]["document"]
        for field, value in values.items():
            setattr(row, field, value)
            name = field.removesuffix("_en")
            document[name] = {"en": value} if field in TEXTS else value
        row.save()

    @rule(which=WHICH, words=WORDS)
    def retitle_initiative(self, which, words):
        self.write(self.initiatives[which], title_en=words)

    @rule(which=WHICH, words=WORDS)
    def rename_organisation(self, which, words):
        self.write(self.organisations[which], name_en=words)

    @rule(which=WHICH, slug=st.sampled_from(SLUGS))
    def change_slug(self, which, slug):
        if not Initiative.objects.filter(slug=slug).exists():
            self.write(self.initiatives[which], slug=slug)

    @rule(which=WHICH, lead=st.one_of(st.none(), WHICH))
    def change_lead(self, which, lead):
        key = self.initiatives[which]
        organisation = None if lead is None else self.organisations[lead]
        self.rows[key].lead = organisation and self.rows[organisation]
        self.rows[key].save()
        self.model.working[key]["document"]["lead"] = organisation and ref(organisation)

    @rule(which=WHICH, parent=st.one_of(st.none(), WHICH))
    def change_parent(self, which, parent):
        key = self.organisations[which]
        other = None if parent in (None, which) else self.organisations[parent]
        self.rows[key].parent = other and self.rows[other]
        self.rows[key].save()
        self.model.working[key]["document"]["parent"] = other and ref(other)

    @rule(which=WHICH, other=WHICH)
    def relate(self, which, other):
        key, related = self.initiatives[which], self.initiatives[other]
        relations = self.model.working[key]["document"]["relations"]
        if which != other and ref(related, relation="comparable") not in relations:
            InitiativeRelation.objects.create(
                initiative=self.rows[key], other=self.rows[related], relation="comparable", position=len(relations)
            )
            relations.append(ref(related, relation="comparable"))

    @rule(which=WHICH, words=WORDS)
    def add_milestone(self, which, words):
        parent = self.initiatives[which]
        key = self.add(Milestone, "milestone", parent, initiative=self.rows[parent], title_en=words)
        self.model.working[key]["document"]["initiative"] = ref(parent)
        self.milestones.append(key)

    @precondition(lambda self: self.milestones)
    @rule(which=st.integers(0, 99), words=WORDS)
    def retitle_milestone(self, which, words):
        self.write(self.milestones[which % len(self.milestones)], title_en=words)

    @precondition(lambda self: self.milestones)
    @rule(which=st.integers(0, 99))
    def hold_back_or_release_a_milestone(self, which):
        key = self.milestones[which % len(self.milestones)]
        held = not self.model.working[key]["held"]
        self.rows[key].held_back = self.model.working[key]["held"] = held
        self.rows[key].save()

    @precondition(lambda self: self.milestones)
    @rule(which=st.integers(0, 99))
    def delete_a_milestone(self, which):
        key = self.milestones.pop(which % len(self.milestones))
        self.rows.pop(key).delete()
        del self.model.working[key]

    @precondition(lambda self: self.milestones)
    @rule(which=st.integers(0, 99), held=st.booleans(), words=WORDS)
    def state_something(self, which, held, words):
        key = self.milestones[which % len(self.milestones)]
        statement = Statement.objects.create(milestone=self.rows[key], promised_phrase=words, held_back=held)
        citation = Citation.objects.create(cited=statement, source=self.source, locator="¶1")
        if not held:
            self.model.working[key]["document"]["statements"].append(self.stated(statement, citation, words))

    def stated(self, statement, citation, words):
        promised = {"earliest": None, "latest": None, "phrase": words, "precision": "unknown", "edtf": ""}
        return {
            "content_id": str(statement.content_id),
            "person": None,
            "organisation": None,
            "stated": None,
            "claim": "",
            "promised": promised | {"year_kind": "calendar", "at_the_earliest": False},
            "phrase_language": "en",
            "inferred": False,
            "citations": [self.cited(citation)],
        }

    @rule(initiatives=st.sets(WHICH), organisations=st.sets(WHICH))
    def publish_some(self, initiatives, organisations):
        self.publish([self.initiatives[n] for n in initiatives] + [self.organisations[n] for n in organisations])

    @rule()
    def publish_all(self):
        self.publish([*self.initiatives, *self.organisations])

    @rule(which=WHICH, other=WHICH, words=WORDS)
    def lead_and_rename(self, which, other, words):
        self.change_lead(which, other)
        self.publish([self.initiatives[which]])
        self.rename_organisation(other, words)
        self.publish([self.organisations[other]])

    def publish(self, keys):
        wanted = {(key[0], self.model.working[key]["document"]["slug"]): key[1] for key in keys}
        taken = any(self.model.owners.get(slug, content_id) != content_id for slug, content_id in wanted.items())
        drafts = drafts_of_keys(keys)
        before = copy.deepcopy(self.model.live)
        if taken:
            with pytest.raises(SlugTaken), transaction.atomic():
                publish(drafts=drafts, by=self.by, overruled="a test")
            return
        publication = publish(drafts=drafts, by=self.by, overruled="a test")
        self.model.publish(keys, publication and publication.published_at)
        if publication is None:
            self.model.instants.pop()
            assert self.model.live == before
        assert publish(drafts=drafts_of_keys(keys), by=self.by, overruled="a test") is None

    @rule(which=st.integers(0, 5), words=WORDS)
    def withdraw_one(self, which, words):
        key = [*self.initiatives, *self.organisations][which]
        publication = withdraw(root=key, reason={"en": words}, by=self.by)
        is_live = key in self.model.live and not self.model.live[key].get("withdrawn")
        assert (publication is not None) == is_live
        if publication:
            self.model.withdraw(key, {"en": words}, publication.published_at)

    @rule(which=WHICH, day=st.dates())
    def attest(self, which, day):
        key = self.initiatives[which]
        changes = {"attested_on": day.isoformat()}
        publication = republish(edition_class=InitiativeEdition, content_id=key[1], changes=changes, by=self.by)
        if publication:
            self.model.live[key] |= changes
            self.model.settle(publication.published_at)

    @invariant()
    def the_record_is_what_the_model_says(self):
        editions = [edition for edition_class in EDITIONS for edition in edition_class.history.all()]
        decoded = {(edition.type, edition.pk): edition.load_document() for edition in editions}
        for instant, expected in [*self.model.instants, (None, self.model.live)]:
            found = {
                (edition.type, str(edition.content_id)): decoded[edition.type, edition.pk]
                for edition in editions
                if is_live(edition, instant)
            }
            assert found == expected

    def every_instant_reads_the_same_through_the_manager(self):
        for instant, expected in self.model.instants:
            found = {
                (edition.type, str(edition.content_id)): edition.load_document()
                for edition_class in EDITIONS
                for edition in edition_class.objects.at(instant)
            }
            assert found == {key: document for key, document in expected.items() if not document.get("withdrawn")}

    def one_by_one_ends_as_all_together(self):
        keys = [*self.initiatives, *self.organisations]
        slugs = [(key[0], self.model.working[key]["document"]["slug"], key[1]) for key in keys]
        if any(self.model.owners.get((type, slug), content_id) != content_id for type, slug, content_id in slugs):
            return
        with transaction.atomic():
            publish(drafts=drafts_of_keys(keys), by=self.by, overruled="a test")
            together = live_documents()
            transaction.set_rollback(True)
        while offered := not_published(keys):
            assert publish(drafts=drafts_of_keys(offered[:1]), by=self.by, overruled="a test") is not None
        assert live_documents() == together


def is_live(edition, instant):
    if instant is None:
        return edition.live_until is None
    return edition.live_from <= instant and (edition.live_until is None or edition.live_until > instant)


def by_type(keys):
    return [(type, [content_id for each, content_id in keys if each == type]) for type in ROOTS]


def drafts_of_keys(keys):
    return [draft for type, content_ids in by_type(keys) if content_ids for draft in build_drafts(type, content_ids)]


def not_published(keys):
    found = {
        (type, content_id): state
        for type, ids in by_type(keys)
        for content_id, state in get_public_states(type, ids).items()
    }
    return [key for key in keys if found[key] != RootState.PUBLISHED]


def live_documents():
    return {each.content_id: each.load_document() for edition_class in EDITIONS for each in edition_class.objects.all()}


def ref(key, **extra):
    return {"type": key[0], "content_id": key[1], **extra}


TEXTS = {"title_en", "name_en"}
BLANK = {
    "initiative": {
        **dict.fromkeys(["summary", "body", "lead", "announced", "announced_in", "attested_on"]),
        **{key: [] for key in ("aliases", "partners", "areas", "relations", "statements")},
        "stage": "announced",
    },
    "organisation": {
        **dict.fromkeys(["summary", "parent", "founded"]),
        "aliases": [],
        "former_names": [],
        "kind": "",
    },
    "milestone": {
        **dict.fromkeys(["summary", "note", "actual", "first_promise", "current_promise"]),
        "kind": "promise",
        "result": "scheduled",
        "moves": 0,
        "statements": [],
        "evidence": [],
        "position": 0,
    },
}


def compare_with_the_model(*, examples):
    run_state_machine_as_test(Editing, settings=settings(deadline=None, max_examples=examples, stateful_step_count=30))


SHARDS = [0, *(pytest.param(shard, marks=pytest.mark.postgres_only) for shard in (1, 2, 3))]


@pytest.mark.django_db
@pytest.mark.parametrize("shard", SHARDS)  # each has seeds of its own, and may go to another worker
def test_the_record_equals_a_plain_model_now_and_at_every_past_instant(shard):
    compare_with_the_model(examples=10)


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.parametrize("shard", range(4))
def test_the_record_equals_a_plain_model_in_many_more_histories(shard):
    compare_with_the_model(examples=50)
