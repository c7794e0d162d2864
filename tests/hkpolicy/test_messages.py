import gettext

import pytest
from django.core.management import CommandError, call_command

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TRANSLATED = '\nmsgid "Overdue"\nmsgstr "逾期"\n'


@pytest.fixture
def source(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    file = tmp_path / "zh_Hant" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER + TRANSLATED)
    return file


def test_what_was_just_compiled_passes_and_translates(source):
    call_command("messages")
    call_command("messages", "--check")
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Overdue") == "逾期"


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ('\nmsgid "Late"\nmsgstr "遲"\n', "is not what its .po compiles to"),
        ('\nmsgid "Late"\nmsgstr ""\n', "not translated: 'Late'"),
        ('\n#, fuzzy\nmsgid "Late"\nmsgstr "遲"\n', "fuzzy: 'Late'"),
    ],
)
def test_a_file_behind_its_source_is_reported_and_left_alone(source, added, complaint):
    call_command("messages")
    before = source.with_suffix(".mo").read_bytes()
    source.write_text(HEADER + TRANSLATED + added)
    with pytest.raises(CommandError, match=complaint):
        call_command("messages", "--check")
    assert source.with_suffix(".mo").read_bytes() == before


def test_a_file_never_compiled_is_reported(source):
    with pytest.raises(CommandError, match=r"is not what its .po compiles to"):
        call_command("messages", "--check")
