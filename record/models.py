"""The published record: publications, the changes they made, and the resulting editions.

It is append-only, and the only thing readers' pages and the API read. Edition tables refer to working-copy rows by
`content_id`, never by foreign key.
"""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .choices import ChangeAction, UpdateType
from .documents.canonical_json import decode_document, iter_text_strings
from .languages import tokenize_texts

LIVE = Q(live_until__isnull=True)


class PublishLock(models.Model):
    """Singleton row whose lock serialises publications."""

    last_published_at = models.DateTimeField(null=True)
    last_publication_id = models.BigIntegerField(default=0)


class Publication(models.Model):
    """One act of publishing or withdrawing: when, by whom, and approved by whom. Editors' names stay internal."""

    published_at = models.DateTimeField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    overruled = models.TextField(default="")  # why warnings were overruled; internal

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        permissions = [
            ("publish", _("Can publish")),
            ("withdraw", _("Can withdraw")),
            ("review", _("Can review")),
        ]

    def __str__(self):
        return f"{self.pk}"


class Change(models.Model):
    """Effect of one publication on one thing. Ids commit in order, so "everything after id N" never misses one.

    Each change made an edition of the thing, except a redaction and a notice to a root that a child moved away.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="changes")
    action = models.CharField(max_length=10, choices=ChangeAction)
    update_type = models.CharField(max_length=5, choices=UpdateType)
    note = models.JSONField(null=True)  # a text: the change note, or the reason of a withdrawal
    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    root_type = models.CharField(max_length=20)
    root_content_id = models.UUIDField(db_index=True)
    source_read_at = models.DateTimeField(null=True)  # when the root's working copy was read, if it was; internal

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "content_id"],
                condition=~Q(action=ChangeAction.REDACTED),
                name="one_change_a_thing_a_publication",
            )
        ]
        indexes = [models.Index(fields=["content_id", "id"], name="changes_of_a_thing")]

    def __str__(self):
        return f"{self.pk}: {self.type} {self.content_id} {self.action}"


class Slug(models.Model):
    """A slug, owned for ever by the first thing of its type that published it."""

    type = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    content_id = models.UUIDField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type", "slug"], name="one_owner_a_slug")]

    def __str__(self):
        return f"{self.type}/{self.slug}"


class PeriodQuerySet(models.QuerySet):
    """Rows with a validity period, from `live_from` until `live_until`."""

    def at(self, instant: datetime | None):
        """Return the rows that were live at `instant`; None means now."""
        if instant is None:
            return self.filter(LIVE)
        return self.filter(LIVE | Q(live_until__gt=instant), live_from__lte=instant)


class Link(models.Model):
    """A reference from an edition to another thing. Answers "what refers to this", now and at any past instant."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="links")
    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    relation = models.CharField(max_length=40)
    named_type = models.CharField(max_length=20)
    named = models.UUIDField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["named", "relation", "content_id"], condition=LIVE, name="live_links_to"),
            models.Index(fields=["content_id"], condition=LIVE, name="live_links_from"),
            models.Index(fields=["named", "content_id", "live_from"], name="links_to"),
        ]

    def __str__(self):
        return f"{self.type} {self.content_id} {self.relation} {self.named}"


class EditionQuerySet(PeriodQuerySet):
    """Editions with their validity period."""

    def readable(self):
        """Exclude tombstones (withdrawn or deleted things)."""
        return self.filter(tombstone=False)


class LiveEditionManager(models.Manager.from_queryset(EditionQuerySet)):
    """Manager of editions that are live and not tombstones; `at(instant)` gives the same for a past instant."""

    def get_queryset(self):
        return super().get_queryset().filter(LIVE, tombstone=False)

    def at(self, instant: datetime | None):
        """Return the editions that were live and not tombstones at `instant`; None means now."""
        if instant is None:
            return self.get_queryset()
        return self.model.history.at(instant).readable()


class Edition(models.Model):
    """One immutable document of a published thing, with the period in which it was live.

    A subclass's typed columns are filled from the document by `typed_columns` and can be rebuilt from it at any time.
    `revision` is the number of the last edition that changed more than names, links or attestation, which only follow
    the published record.
    """

    type: str  # the document's type
    url_prefix: str  # the type's part of a URL
    parents: tuple[str, ...] = ()  # for children: keys of the document that hold its root
    has_url = True  # has a URL of its own; otherwise it is shown inside its root only
    search_rank: int | None = 9  # lower ranks come first in search results; None: not searched
    shape_version = 1
    document_migrations: dict = {}  # {shape version: function that upgrades a document to the next one}

    change = models.OneToOneField(Change, models.PROTECT, related_name="+")
    content_id = models.UUIDField()
    root_content_id = models.UUIDField()
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    slug = models.CharField(max_length=120, default="")  # of roots; children have none
    title = models.JSONField(null=True)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    shape = models.PositiveSmallIntegerField()
    tokens = models.TextField(default="")
    tombstone = models.BooleanField(default=False)
    first_published_at = models.DateTimeField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects = LiveEditionManager()
    history = models.Manager.from_queryset(EditionQuerySet)()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["content_id"], condition=LIVE, name="one_live_%(class)s"),
            models.UniqueConstraint(fields=["content_id", "number"], name="%(class)s_numbers"),
            models.CheckConstraint(condition=LIVE | Q(live_until__gt=F("live_from")), name="%(class)s_period"),
        ]
        indexes = [
            models.Index(fields=["slug"], condition=LIVE, name="%(class)s_live_slug"),
            models.Index(fields=["root_content_id"], condition=LIVE, name="%(class)s_live_root"),
            models.Index(fields=["root_content_id", "live_from"], name="%(class)s_roots"),
        ]

    def __str__(self):
        return f"{self.type} {self.slug or self.content_id} #{self.number}"

    @classmethod
    def typed_columns(cls, document: dict) -> dict:
        """Return {column: value} of the typed columns, from a document of the current shape."""
        return {}

    @classmethod
    def slug_and_title(cls, document: dict) -> dict:
        """Return {"slug", "title"}: how other documents name this thing. Children have no slug ("")."""
        return {"slug": document.get("slug") or "", "title": document.get("title")}

    @classmethod
    def searchable(cls, document: dict) -> list:
        """Return the parts of the document that search looks in."""
        return [document.get(key) for key in ("title", "aliases", "summary")]

    @classmethod
    def derived_columns(cls, document: dict) -> dict:
        """Return {column: value} of every column derived from the document."""
        words = [*iter_text_strings(cls.searchable(document)), *_iter_plain_strings(cls.searchable(document))]
        return (
            cls.slug_and_title(document)
            | {"tokens": f" {' '.join(dict.fromkeys(tokenize_texts(*words)))} "}
            | cls.typed_columns(document)
        )

    def load_document(self) -> dict:
        """Return the document as a dict, upgraded to the current shape."""
        return upgrade_document(type(self), decode_document(self.document), self.shape)


class PageEdition(Edition):
    """Edition of one of the site's own pages, such as About."""

    type = "page"
    url_prefix = "pages"
    search_rank = 11
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {"position": document["position"]}

    @classmethod
    def searchable(cls, document):
        return [document["title"], document["body"]]


def _iter_plain_strings(parts: list):
    """Yield the plain strings (not texts) in lists among `parts`, such as aliases."""
    for part in parts:
        if isinstance(part, list):
            yield from (item for item in part if isinstance(item, str))


def upgrade_document(edition_class: type[Edition], document: dict, shape: int) -> dict:
    """Upgrade a document from its stored shape to the current one."""
    for version in range(shape, edition_class.shape_version):
        document = edition_class.document_migrations[version](document)
    return document


@cache
def edition_classes() -> dict[str, type[Edition]]:
    """Return {type: edition class} of every published type. Cached."""
    return {model.type: model for model in apps.get_models() if issubclass(model, Edition)}


def get_child_editions(root_type: str) -> list[type[Edition]]:
    """Return the edition classes whose things belong to a root of this type."""
    return [model for model in edition_classes().values() if root_type in model.parents]
