"""The strict YAML parser: from a data file to plain values."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from record.characters import strip_control_characters

FILE_SECTIONS = (
    "sources",
    "organisations",
    "people",
    "budgets",
    "initiatives",
    "allocations",
    "milestones",
    "outcomes",
    "commentary",
    "context_facts",
)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file: where, the value found, why it is invalid, and the allowed values.

    file: its name if it is not the data file itself.
    """

    section: str
    id: str
    field: str
    value: object
    message: str
    allowed: tuple = ()
    file: str = ""

    def __str__(self):
        place = " ".join(part for part in (self.file, self.section, self.id, self.field) if part)
        allowed = f" Allowed: {', '.join(str(word) for word in self.allowed)}." if self.allowed else ""
        shown = "" if self.value is None else f" {_shorten_value(self.value)}"
        stop = "" if not allowed or self.message.endswith(".") else "."
        return f"{place}:{shown} {self.message}{stop}{allowed}"


@dataclass(slots=True)
class DataFile:
    """The values of a data file as they stand there. `identity` is the same for a corrected copy of the file."""

    name: str
    digest: str
    meta: dict = field(default_factory=dict)
    sections: dict[str, list] = field(default_factory=dict)
    unknown_sections: dict = field(default_factory=dict)
    loaded: dict[str, dict[str, dict]] = field(default_factory=dict)  # rows of earlier imports, by section and id
    _by_id: dict[str, dict[str, dict]] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """The name that the file gives itself in `meta`, else its file name."""
        for key in ("id", "title"):
            if isinstance(self.meta.get(key), str) and self.meta[key].strip():
                return self.meta[key].strip()[:200]
        return Path(self.name).stem[:200]

    def rows(self, section: str) -> list:
        return self.sections.get(section, [])

    def find(self, section: str, id: str) -> dict | None:
        """Return a row of this file, else of an earlier import; None if there is none."""
        here = self._by_id.setdefault(section, {row["id"]: row for row in self.rows(section) if "id" in row})
        return here.get(id) or self.loaded.get(section, {}).get(id)


SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is ten times as fast


class StrictYamlLoader(SafeLoader):
    """YAML loader that refuses duplicate keys, and leaves a date that does not exist as text.

    Texts lose their control characters.
    """

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise yaml.MarkedYAMLError(problem=f"{key!r} cannot be a key", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_date(self, node):
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value

    def construct_text(self, node):
        return strip_control_characters(self.construct_yaml_str(node))


StrictYamlLoader.add_constructor("tag:yaml.org,2002:str", StrictYamlLoader.construct_text)
StrictYamlLoader.add_constructor("tag:yaml.org,2002:timestamp", StrictYamlLoader.construct_date)


def read_data_file(path) -> tuple[DataFile, list[FileProblem]]:
    """Return a file's values and its problems as YAML. With problems, some values are missing."""
    path = Path(path)
    content, digest, problems = read_yaml(path)
    record = DataFile(name=path.name, digest=digest)
    return record, problems or _assign_sections(record, content)


def read_yaml(path: Path) -> tuple[object, str, list[FileProblem]]:
    """Return (plain values, digest of the bytes, problems as YAML)."""

    def wrong(message, digest=""):
        return None, digest, [FileProblem("file", path.name, "", None, message)]

    try:
        data = path.read_bytes()
    except OSError as error:
        return wrong(f"cannot be read: {error.strerror}")
    digest = hashlib.sha256(data).hexdigest()
    try:
        # StrictLoader is a SafeLoader: it makes plain values only.
        return yaml.load(data.decode("utf-8-sig"), Loader=StrictYamlLoader), digest, []
    except UnicodeDecodeError as error:
        return wrong(f"is not UTF-8 at byte {error.start}", digest)
    except yaml.YAMLError as error:
        return wrong(f"is not whole YAML: {_describe_yaml_error(error)}", digest)
    except RecursionError:
        return wrong("is nested too deep", digest)


def _assign_sections(record: DataFile, content) -> list[FileProblem]:
    """Assign the file's sections to the DataFile; return the problems found."""
    if not isinstance(content, dict):
        return [FileProblem("file", record.name, "", content, "must hold sections by name")]
    problems = []
    for section, rows in content.items():
        if section == "meta":
            record.meta = rows if isinstance(rows, dict) else {}
            if rows is not None and not isinstance(rows, dict):
                problems.append(FileProblem("meta", "", "", rows, "must be a mapping"))
        elif section not in FILE_SECTIONS:
            record.unknown_sections[section] = rows
        elif not isinstance(rows, list):
            problems.append(FileProblem(section, "", "", rows, "must be a list of rows"))
        else:
            record.sections[section] = rows
    return problems


def _describe_yaml_error(error: yaml.YAMLError) -> str:
    """Return what is wrong with the YAML, with line and column if they are known."""
    mark = getattr(error, "problem_mark", None)
    words = " ".join(str(error).split())
    problem = getattr(error, "problem", None) or words
    return f"{problem} (line {mark.line + 1}, column {mark.column + 1})" if mark else problem


def _shorten_value(value) -> str:
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
