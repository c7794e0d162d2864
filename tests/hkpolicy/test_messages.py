import gettext

import pytest
from django.core.management import CommandError, call_command

CODE = 'from django.utils.translation import gettext_lazy as _, pgettext\n_("Overdue")\npgettext("a month", "May")\n'
TEMPLATE = """{% load i18n %}
<div>
    {% translate "Late" %}
  {% blocktranslate count days=late %}{{ days }} day late{% plural %}{{ days }} days late{% endblocktranslate %}
</div>
"""
TRANSLATED = {"Overdue": "逾期", "May": "五月", "Late": "遲", "%(days)s day late": "遲了 %(days)s 日"}


@pytest.fixture
def checkout(tmp_path, settings):
    """A project with a module and a template."""
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    (tmp_path / "record").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "record" / "choices.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def source_of(checkout, locale="zh_Hant"):
    return checkout / "locale" / locale / "LC_MESSAGES" / "django.po"


def translate(checkout):
    """Fills in what was collected, in both catalogs."""
    for locale in ("zh_Hant", "zh_Hans"):
        file = source_of(checkout, locale)
        text = file.read_text()
        for msgid, msgstr in TRANSLATED.items():
            for empty in ('msgstr ""', 'msgid_plural "%(days)s days late"\nmsgstr[0] ""'):
                filled = empty.replace('""', f'"{msgstr}"')
                text = text.replace(f'msgid "{msgid}"\n{empty}', f'msgid "{msgid}"\n{filled}')
        file.write_text(text)


@pytest.fixture
def translated(checkout):
    call_command("messages")
    translate(checkout)
    call_command("messages", "--compile")
    return checkout


def test_texts_of_code_and_templates_are_collected_for_every_language(checkout):
    call_command("messages")
    for locale in ("zh_Hant", "zh_Hans"):
        text = source_of(checkout, locale).read_text()
        for msgid in TRANSLATED:
            assert f'msgid "{msgid}"' in text
    assert not source_of(checkout, "en").exists()


def test_what_is_translated_and_compiled_passes_and_is_used(translated):
    call_command("messages", "--check")
    with source_of(translated).with_suffix(".mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)
    assert catalog.gettext("Overdue") == "逾期"
    assert catalog.pgettext("a month", "May") == "五月"
    assert catalog.ngettext("%(days)s day late", "%(days)s days late", 2) == "遲了 %(days)s 日"


def test_collecting_again_changes_nothing(translated):
    before = source_of(translated).read_text()
    call_command("messages")
    assert source_of(translated).read_text() == before


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
def test_what_is_behind_is_reported_and_left_alone(translated, before, after, complaint):
    source = source_of(translated)
    compiled = source.with_suffix(".mo").read_bytes()
    source.write_text(source.read_text().replace(before, after))
    with pytest.raises(CommandError) as refusal:
        call_command("messages", "--check")
    assert complaint in str(refusal.value)
    assert source.with_suffix(".mo").read_bytes() == compiled
