"""A record of any size: a few initiatives published by the project's own code, then multiplied inside the database.

Each initiative's editions follow each other without a gap, publication by publication, as if editors had published one
initiative after the other, round after round, for nearly three years.
"""

from datetime import date, datetime, timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from initiatives.models import Initiative
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft, build_drafts
from record.models import Change, Link, Publication, PublishLock, edition_classes

from .newsroom import LATEST, create_newsroom, create_one_with_many_milestones

MAX_TEMPLATES = 100
HISTORY = timedelta(days=990)
REVISED = ("initiative", "milestone")  # what every publication changes
TYPES = (*REVISED, "outcome", "funding", "verdict")  # the others stay as they were published first
NAMED = ("slug", "title", "tokens")  # columns beside the document in which an initiative's word occurs


@transaction.atomic
def fill(*, initiatives: int, editions: int, today: date) -> Initiative:
    """Turn an empty database into a record of so many initiatives, each and its milestones with so many editions.

    The working copy has the first of them (at most MAX_TEMPLATES), and one more with 50 milestones, published once: the
    one returned.
    """
    templates = min(initiatives, MAX_TEMPLATES)
    started = timezone.now() - HISTORY - timedelta(days=1)
    shared, rows = create_newsroom(templates, today=today)
    drafts = [
        draft for type, roots in shared.roots() for draft in build_drafts(type, [row.content_id for row in roots])
    ]
    _move_back(publish(drafts=drafts, by=shared.editor), to=started - timedelta(days=1))
    publication = publish(drafts=build_drafts("initiative", [row.content_id for row in rows]), by=shared.editor)
    Multiplication(publication, templates, initiatives, editions, started).run()
    row = create_one_with_many_milestones(shared, today=today)
    publish(drafts=[build_draft(row)], by=shared.editor)
    return row


def tidy() -> None:
    """Do what autovacuum would have done by and by. Not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def _move_back(publication: Publication, *, to: datetime) -> None:
    """Date back what all initiatives name, so that it was there before them."""
    Publication.objects.filter(pk=publication.pk).update(published_at=to)
    Link.objects.filter(change__publication=publication).update(live_from=to)
    for edition_class in edition_classes().values():
        made = edition_class.history.filter(change__publication=publication)
        made.update(live_from=to, first_published_at=to)


class Multiplication:
    """One publication of templates becomes a history of all initiatives, in one statement a table and round."""

    def __init__(self, publication: Publication, templates: int, initiatives: int, editions: int, started: datetime):
        self.publication, self.templates = publication, templates
        self.initiatives, self.editions = initiatives, editions
        self.tables = {type: edition_classes()[type] for type in TYPES}
        step = HISTORY / (initiatives * editions)
        self.facts = {
            "by": publication.by_id,
            "publication": publication.pk,
            "first_publication": publication.pk,  # it makes room for the history that begins with its own id
            "first_change": Change.objects.filter(publication=publication).order_by("id").values_list("id").first()[0],
            "templates": templates,
            "initiatives": initiatives,
            "started": started,
            "step": step,
            "latest": LATEST,
            "revised": list(REVISED),
        }

    def run(self) -> None:
        with connection.cursor() as self.cursor:
            self._execute("SET LOCAL work_mem = '256MB'")
            self._set_aside()
            self._clear()
            for number in range(1, self.editions + 1):
                self._round(number)
                self._execute("DELETE FROM template_change WHERE type <> ALL(%(revised)s)")
            self._claim_slugs()
            self._count_on()

    def _execute(self, sql: str, **facts) -> None:
        self.cursor.execute(sql, self.facts | facts)

    def _set_aside(self) -> None:
        """Temporary tables: what the templates' publication made, and which initiative is made of which template."""
        self._execute(
            """CREATE TEMP TABLE template_change ON COMMIT DROP AS
            SELECT change.*, ('x' || left(root_content_id::text, 8))::bit(32)::int AS template,
                row_number() OVER (PARTITION BY root_content_id ORDER BY id) AS place
            FROM record_change change WHERE publication_id = %(publication)s"""
        )
        for name, model in {**self.tables, "link": Link}.items():
            self._execute(
                f"""CREATE TEMP TABLE template_{name} ON COMMIT DROP AS
                SELECT * FROM {_table(model)} WHERE change_id IN (SELECT id FROM template_change)"""
            )
        self._execute("SELECT max(place) FROM template_change")
        self.facts["things"] = self.cursor.fetchone()[0]
        self._execute(
            """CREATE TEMP TABLE place ON COMMIT DROP AS
            SELECT number, template,
                lpad(to_hex(number), 8, '0') || '-be9c' AS id, 'n' || lpad(number::text, 5, '0') AS word,
                lpad(to_hex(template), 8, '0') || '-be9c' AS old_id, 'n' || lpad(template::text, 5, '0') AS old_word
            FROM (SELECT number, number %% %(templates)s AS template
                  FROM generate_series(0, %(initiatives)s - 1) number) numbers"""
        )
        self._execute("ANALYZE template_change")
        self._execute("ANALYZE place")

    def _clear(self) -> None:
        for model in (Link, *self.tables.values()):
            self._execute(f"DELETE FROM {_table(model)} WHERE change_id IN (SELECT id FROM template_change)")
        self._execute("DELETE FROM record_change WHERE publication_id = %(publication)s")
        self._execute("DELETE FROM record_publication WHERE id = %(publication)s")

    def _round(self, number: int) -> None:
        """Publish every initiative once more."""
        facts = {"round": number - 1, "number": number, "last": number == self.editions}
        facts["said"] = LATEST if facts["last"] else f"edition{number}"
        self._execute(
            f"""INSERT INTO record_publication (id, published_at, by_id, overruled)
            SELECT {PUBLICATION}, {NOW}, %(by)s, '' FROM place ORDER BY number""",
            **facts,
        )
        self._insert(Change, {"id": CHANGE, "publication_id": PUBLICATION}, **facts)
        for type, model in self.tables.items():
            own = {"change_id": CHANGE, "number": "%(number)s", "revision": "%(number)s"} | {
                "first_published_at": FIRST,
                "live_from": NOW,
                "live_until": UNTIL,
                "document": "renamed.document",
                "sha256": "encode(sha256(convert_to(renamed.document, 'UTF8')), 'hex')",
            }
            renamed = f"CROSS JOIN LATERAL (SELECT {_renamed('old.document')} AS document OFFSET 0) renamed"
            self._insert(model, own, f"JOIN template_{type} old ON old.change_id = change.id {renamed}", **facts)
        own = {"change_id": CHANGE, "live_from": NOW, "live_until": UNTIL}
        self._insert(Link, own, "JOIN template_link old ON old.change_id = change.id", **facts)

    def _insert(self, model: type[models.Model], own: dict, more: str = "", **facts) -> None:
        old = "change" if model is Change else "old"
        columns = {
            field.column: own.get(field.column) or _copied(field, f"{old}.{field.column}")
            for field in model._meta.concrete_fields
            if field.column in own or not (field.primary_key or field.generated)
        }
        self._execute(
            f"INSERT INTO {_table(model)} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
            f"FROM (SELECT * FROM place ORDER BY number) place "
            f"JOIN template_change change ON change.template = place.template {more}",
            **facts,
        )

    def _claim_slugs(self) -> None:
        """Claim slugs for the copies; the templates own theirs already."""
        self._execute(
            """INSERT INTO record_slug (type, slug, content_id)
            SELECT old.type, replace(old.slug, place.old_word, place.word),
                replace(old.content_id::text, place.old_id, place.id)::uuid
            FROM place JOIN record_slug old ON left(old.content_id::text, 13) = place.old_id
            WHERE place.number <> place.template"""
        )

    def _count_on(self) -> None:
        """Set sequences and the record's own row to where publishing would have left them."""
        for model in (Publication, Change):
            self._execute(
                f"SELECT setval(pg_get_serial_sequence('{_table(model)}', 'id'), max(id)) FROM {_table(model)}"
            )
        last = Publication.objects.order_by("-id").first()
        PublishLock.objects.update(last_published_at=last.published_at, last_publication_id=last.pk)


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _copied(field: models.Field, column: str) -> str:
    """Write a template's column as it reads in one of the initiatives made of it."""
    if isinstance(field, models.UUIDField):
        return f"replace({column}::text, place.old_id, place.id)::uuid"
    if field.name not in NAMED:
        return column
    return f"{_renamed(column + '::text')}::jsonb" if isinstance(field, models.JSONField) else _renamed(column)


def _renamed(text: str) -> str:
    return f"replace(replace(replace({text}, %(latest)s, {SAID}), place.old_id, place.id), place.old_word, place.word)"


PUBLICATION = "%(first_publication)s + %(round)s * %(initiatives)s + place.number"
CHANGE = "%(first_change)s + (%(round)s * %(initiatives)s + place.number) * %(things)s + change.place - 1"
FIRST = "%(started)s + place.number * %(step)s::interval"
NOW = "%(started)s + (%(round)s * %(initiatives)s + place.number) * %(step)s::interval"
UNTIL = (
    "CASE WHEN change.type = ANY(%(revised)s) AND NOT %(last)s THEN "
    "%(started)s + ((%(round)s + 1) * %(initiatives)s + place.number) * %(step)s::interval END"
)
SAID = "CASE WHEN change.type = ANY(%(revised)s) THEN %(said)s ELSE %(latest)s END"
