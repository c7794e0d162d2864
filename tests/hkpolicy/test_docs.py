import re
import tomllib
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

BASE = settings.BASE_DIR
GUIDES = {"en": "editors.md", "zh-hant": "editors.zh-hant.md"}
NOT_LAYERED = {"apps", "migrations"}


def layers():
    """Return the module names that the import contracts allow inside apps."""
    contracts = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    inside = [contract["layers"] for contract in contracts if "containers" in contract]
    return {name.strip(" ()") for layers in inside for layer in layers for name in re.split(r"[:|]", layer)}


def test_the_architecture_explains_every_module_name_and_no_other():
    table = (BASE / "docs" / "architecture.md").read_text().split("| modules |")[1].split("\n\n")[0]
    explained = {name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert explained == layers() | NOT_LAYERED


def test_the_readme_names_only_make_targets_and_files_that_exist():
    readme = (BASE / "README.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (BASE / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)(?:`| )", readme)) <= targets
    files = set(re.findall(r"\]\(([^)]+)\)", readme)) - {"docs/screenshot.png"}
    assert [name for name in files if not (BASE / name).exists()] == []


def guide(language):
    return (BASE / "docs" / GUIDES[language]).read_text()


def on_the_screen(language):
    """Every text of the interface in that language, ours and those of Django's admin."""
    ours = BASE / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
    theirs = Path(django.__file__).parent / "contrib"
    catalogs = [ours, *(theirs / app / "locale/zh_Hant/LC_MESSAGES/django.po" for app in ("admin", "auth"))]
    messages = [message for each in reversed(catalogs) for message in read_po(each.open("rb"))]
    shown = {message.id: message.string for message in messages if isinstance(message.id, str)}  # ours go before theirs
    texts = set(shown if language == "en" else shown.values())
    return {text[:1].upper() + text[1:] for text in texts} | texts


@pytest.mark.parametrize("language", GUIDES)
def test_what_the_guide_prints_in_italics_stands_on_the_screen(language):
    introduced = {"en": "italics", "zh-hant": "斜體"}[language]
    labels = set(re.findall(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)", guide(language))) - {introduced}
    assert len(labels) > 80
    assert sorted(labels - on_the_screen(language)) == []


def test_chinese_keeps_to_the_words_of_the_list():
    rows = re.findall(
        r"^\|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$", (BASE / "docs" / "wording.md").read_text(), flags=re.M
    )
    never = [word for row in rows[1:] for word in row[-1].strip(" -").split("、") if word]
    assert len(never) > 20
    texts = [*BASE.glob("locale/*/LC_MESSAGES/django.po"), *BASE.glob("data/pages/*.zh-*.md")]
    texts = {each.relative_to(BASE): each.read_text() for each in texts} | {"the guide": guide("zh-hant")}
    assert [(name, word) for name, text in texts.items() for word in never if word in text] == []


@pytest.mark.parametrize("language", GUIDES)
def test_each_picture_of_the_guide_exists_and_is_small(language):
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", guide(language))
    assert all(name.endswith(f"-{language}.png") for name in pictures)
    files = [BASE / "docs" / name for name in pictures]
    assert [file.name for file in files if not file.exists() or file.stat().st_size > 120_000] == []


def test_both_guides_have_the_same_headings_and_tables():
    shapes = [re.findall(r"^(#+|\|)", guide(language), flags=re.MULTILINE) for language in GUIDES]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_names_the_page_of_every_verb(language):
    ours, djangos = set(), set()
    for model, of_model in admin.site._registry.items():
        ours |= words_of(of_model)
        djangos |= words_of(admin.ModelAdmin(model, admin.site)) | words_of(UserAdmin(model, admin.site))
    verbs = ours - djangos
    assert {"publish", "review", "restore"} <= verbs
    assert verbs == set(re.findall(r"^\| `([a-z]+)` \|", guide(language), flags=re.MULTILINE))


def words_of(model_admin):
    """Return the words in the addresses of its pages, beside keys."""
    return {word for each in model_admin.get_urls() for word in re.findall(r"([a-z]+)/", str(each.pattern))}
