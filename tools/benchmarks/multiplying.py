"""The working copy of any size: the templates' working rows multiplied inside the database, one statement a table.

`filling` makes as many editions; a copy keeps the content_ids and the words that its editions have. From `changed` on
the copies name other sources and bodies than what was published, and their Chinese names tell their numbers.
"""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from initiatives.models import (
    Citation,
    Evidence,
    Funding,
    Initiative,
    InitiativeRelation,
    Milestone,
    Observation,
    Organisation,
    Outcome,
    Person,
    Source,
    Statement,
    Target,
    Verdict,
)
from record.languages import CONVERTED, LANGUAGES, get_text_column

SHARED = (Source, Organisation, Person)
OWN = (
    Initiative,
    Milestone,
    Statement,
    Evidence,
    Outcome,
    Target,
    Observation,
    Funding,
    Verdict,
    InitiativeRelation,
    Citation,
)
INITIATIVES_PER_COPY = 50  # initiatives to one more copy of each shared source, organisation and person


def multiply(*, templates: int, initiatives: int, changed: int) -> None:
    """Multiply the working rows numbered below `templates` until they make `initiatives`. Inside a transaction."""
    with connection.cursor() as cursor:
        Working(cursor, templates=templates, initiatives=initiatives, changed=changed).run()


class Working:
    def __init__(self, cursor, **facts: int):
        self.cursor = cursor
        editors = get_user_model().objects.filter(username__startswith="editor-").order_by("pk")
        self.facts = facts | {
            "copies": facts["initiatives"] // INITIATIVES_PER_COPY + 1,
            "editors": list(editors.values_list("pk", flat=True)),
        }
        self.strides = {model: self._last_id(model) for model in (*OWN, *SHARED)}

    def run(self) -> None:
        self._places()
        for model in SHARED:
            self._insert(model, "share", self._shared_columns(model), "old.content_id::text LIKE 'ffffffff-be9c-%%'")
        for model in OWN:
            self._insert(model, "place", self._own_columns(model), "left(old.content_id::text, 13) = place.old_id")
        for field in (Initiative.partners, Initiative.areas):
            self._insert_links(field.through)
        self._count_on()

    def _execute(self, sql: str) -> None:
        self.cursor.execute(sql, self.facts)

    def _last_id(self, model) -> int:
        return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def _places(self) -> None:
        """Temporary tables: which initiative is made of which template; which copy of what all initiatives name."""
        self._execute(
            """CREATE TEMP TABLE working_place ON COMMIT DROP AS
            SELECT number, number / %(templates)s AS copy, number >= %(changed)s AS changed,
                CASE WHEN number >= %(changed)s THEN number %% %(copies)s ELSE 0 END AS share,
                lpad(to_hex(number), 8, '0') || '-be9c' AS id, 'n' || lpad(number::text, 5, '0') AS word,
                translate(lpad(number::text, 5, '0'), '0123456789', '零一二三四五六七八九') AS chinese,
                lpad(to_hex(template), 8, '0') || '-be9c' AS old_id, 'n' || lpad(template::text, 5, '0') AS old_word
            FROM (SELECT number, number %% %(templates)s AS template
                  FROM generate_series(%(templates)s, %(initiatives)s - 1) number) numbers"""
        )
        self._execute(
            """CREATE TEMP TABLE working_share ON COMMIT DROP AS
            SELECT number AS copy, to_hex(x'80000000'::bigint + number) AS id, 'n' || lpad(number::text, 5, '0') AS word
            FROM generate_series(1, %(copies)s - 1) number"""
        )

    def _insert(self, model, place: str, columns: dict[str, str], which: str) -> None:
        table = model._meta.db_table
        order = "place.number" if place == "place" else "place.copy"
        self._execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
            f"FROM working_{place} place JOIN {table} old ON {which} ORDER BY {order}, old.id"
        )

    def _insert_links(self, through) -> None:
        table = through._meta.db_table
        columns = _plain(through) | self._keys(through, (Initiative,), "place.copy")
        del columns["id"]
        self._execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM working_place place "
            f"JOIN {Initiative._meta.db_table} root ON left(root.content_id::text, 13) = place.old_id "
            f"JOIN {table} old ON old.initiative_id = root.id"
        )

    def _shared_columns(self, model) -> dict[str, str]:
        columns = _plain(model)
        for name in ("slug", "title", "name_en", "name_zh_hant", "name_zh_hans"):
            if name in columns:
                columns[name] = f"old.{name} || '-' || place.word"
        columns["content_id"] = "replace(old.content_id::text, 'ffffffff', place.id)::uuid"
        columns |= {"id": self._moved("id", model, "place.copy")} | self._keys(model, (model,), "place.copy")
        return columns | _states(model, columns)

    def _own_columns(self, model) -> dict[str, str]:
        columns = _plain(model)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                columns[field.column] = _renamed(field.column)
        columns["content_id"] = "replace(old.content_id::text, place.old_id, place.id)::uuid"
        if "owner_id" in columns:
            columns["owner_id"] = "(%(editors)s)[1 + place.number %% cardinality(%(editors)s)]"
        columns |= {"id": self._moved("id", model, "place.copy")}
        columns |= self._keys(model, OWN, "place.copy") | self._keys(model, SHARED, "place.share")
        if model is Citation:
            columns["object_id"] = self._cited()
        return columns | _states(model, columns)

    def _cited(self) -> str:
        kinds = ((ContentType.objects.get_for_model(each).pk, stride) for each, stride in self.strides.items())
        steps = " ".join(f"WHEN {kind} THEN {stride}" for kind, stride in kinds)
        return f"old.object_id + place.copy * CASE old.content_type_id {steps} END"

    def _keys(self, model, moved, by: str) -> dict[str, str]:
        """Map keys to what is copied too. A related initiative stays the template's, as in the editions."""
        return {
            field.column: self._moved(field.column, field.related_model, by)
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model in moved and field.name != "other"
        }

    def _moved(self, name: str, model, by: str) -> str:
        return f"old.{name} + {by} * {self.strides[model]}"

    def _count_on(self) -> None:
        for model in (*SHARED, *OWN):
            table = model._meta.db_table
            self._execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def _plain(model) -> dict[str, str]:
    return {field.column: f"old.{field.column}" for field in model._meta.concrete_fields if not field.generated}


def _renamed(name: str) -> str:
    word = "place.word || CASE WHEN place.changed THEN place.chinese ELSE '' END" if "_zh_" in name else "place.word"
    return f"replace(old.{name}, place.old_word, {word})"


def _states(model, columns: dict[str, str]) -> dict[str, str]:
    """Write the states that `languages.update_text_states` writes for texts that were just entered."""
    if not model.texts:
        return {}
    each = [
        f"'{name}', {_state(*(columns[get_text_column(name, language)] for language in LANGUAGES))}"
        for name in model.texts
    ]
    return {"text_states": f"jsonb_build_object({', '.join(each)})"}


def _state(en: str, hant: str, hans: str) -> str:
    return (
        f"jsonb_build_object('zh-hant', jsonb_build_object('state', '', 'source_digest', {_digest(en)}, "
        f"'digest', {_digest(hant)}), 'zh-hans', jsonb_build_object('state', '{CONVERTED}', "
        f"'source_digest', {_digest(hant)}, 'digest', {_digest(hans)}))"
    )


def _digest(text: str) -> str:
    return f"CASE WHEN {text} = '' THEN '' ELSE left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 16) END"
