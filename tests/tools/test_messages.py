"""`make messages` as the Makefile has it, and the check that `make check` runs, on a small project of their own."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools.messages import check_catalogs

CODE = 'from django.utils.translation import gettext_lazy as _, pgettext\n_("Overdue")\npgettext("a month", "May")\n'
TEMPLATE = """{% load i18n %}
<div>
    {% translate "Late" %}
  {% blocktranslate count days=late %}{{ days }} day late{% plural %}{{ days }} days late{% endblocktranslate %}
</div>
"""
TRANSLATED = {"Overdue": "逾期", "May": "五月", "Late": "遲", "%(days)s day late": "遲了 %(days)s 日"}
EMPTY = 'msgid ""\nmsgstr ""\n"Language: zh_Hant\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Make a project with a module and a template; collect, translate and compile its texts."""
    project = tmp_path_factory.mktemp("project")
    for folder in ("record/migrations", "templates", "locale/zh_Hant/LC_MESSAGES", "locale/zh_Hans/LC_MESSAGES"):
        (project / folder).mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "babel.cfg", project)
    (project / "record" / "apps.py").touch()
    (project / "record" / "choices.py").write_text(CODE)
    (project / "record" / "migrations" / "0001_initial.py").write_text('_("Long past")')
    (project / "templates" / "page.html").write_text(TEMPLATE)
    for locale in ("zh_Hant", "zh_Hans"):
        source_of(project, locale).write_text(EMPTY)
    make_messages(project)
    for locale in ("zh_Hant", "zh_Hans"):
        translate(source_of(project, locale))
    shutil.copy(source_of(project), project / "translated.po")
    make_messages(project)
    return project


def make_messages(project):
    make = ["make", "--silent", f"--makefile={settings.BASE_DIR}/Makefile", "--old-file=.venv/development"]
    command = [*make, f"BIN={Path(sys.executable).parent}", "messages"]
    subprocess.run(command, cwd=project, env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR)}, check=True)


def source_of(project, locale="zh_Hant"):
    return project / "locale" / locale / "LC_MESSAGES" / "django.po"


def translate(source):
    """Fill in what was collected."""
    text = source.read_text()
    for msgid, msgstr in TRANSLATED.items():
        for empty in ('msgstr ""', 'msgid_plural "%(days)s days late"\nmsgstr[0] ""'):
            filled = empty.replace('""', f'"{msgstr}"')
            text = text.replace(f'msgid "{msgid}"\n{empty}', f'msgid "{msgid}"\n{filled}')
    source.write_text(text)


@pytest.fixture
def checkout(project, tmp_path):
    """Copy the project, for this test alone."""
    return shutil.copytree(project, tmp_path / "checkout")


def complaints(checkout):
    return check_catalogs(checkout / "locale", checkout / "var" / "messages.pot")


@pytest.mark.parametrize("locale", ["zh_Hant", "zh_Hans"])
def test_texts_of_code_and_templates_are_collected_for_every_language_and_those_of_migrations_are_not(project, locale):
    text = source_of(project, locale).read_text()
    for msgid in TRANSLATED:
        assert f'msgid "{msgid}"' in text
    assert "Long past" not in text


def test_what_is_translated_and_compiled_passes_and_is_used(project):
    assert complaints(project) == []
    with source_of(project).with_suffix(".mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    assert catalog.gettext("Overdue") == "逾期"
    assert catalog.pgettext("a month", "May") == "五月"
    assert catalog.ngettext("%(days)s day late", "%(days)s days late", 2) == "遲了 %(days)s 日"


def test_collecting_again_changes_nothing(project):
    assert source_of(project).read_text() == (project / "translated.po").read_text()


def test_what_no_longer_stands_anywhere_goes(checkout):
    (checkout / "templates" / "page.html").unlink()
    make_messages(checkout)
    text = source_of(checkout).read_text()
    assert ("遲" in text, "逾期" in text) == (False, True)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('"逾期"', '"過期"', "is not what its .po compiles to"),
        ('"逾期"', '""', "not translated: 'Overdue'"),
        ('msgid "Overdue"', '#, fuzzy\nmsgid "Overdue"', "fuzzy: 'Overdue'"),
        ('msgid "Overdue"', 'msgid "Gone"', "lacks 'Overdue' of record/choices.py"),
        ('"遲了 %(days)s 日"', '"遲了 %(day)s 日"', "%(days)s day late"),
    ],
)
def test_what_is_behind_is_reported_and_left_alone(checkout, before, after, complaint):
    source = source_of(checkout)
    compiled = source.with_suffix(".mo").read_bytes()
    source.write_text(source.read_text().replace(before, after))
    assert complaint in "\n".join(complaints(checkout))
    assert source.with_suffix(".mo").read_bytes() == compiled
