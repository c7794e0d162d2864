"""Extract, compile and check the translations without gettext, so that every machine can."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

LAZY_KEYWORDS = {f"{name}_lazy": arguments for name, arguments in DEFAULT_KEYWORDS.items() if name.endswith("gettext")}
KEYWORDS = DEFAULT_KEYWORDS | LAZY_KEYWORDS | {"gettext_noop": None}
CODE_FOLDERS = ["hkpolicy", "importer", "notifications", "experts", "initiatives", "newsroom", "readers", "record"]
TEMPLATE_FOLDERS = ["templates", *CODE_FOLDERS]
TEMPLATE_SUFFIXES = {".html", ".txt", ".mjml"}


class Command(BaseCommand):
    help = "Collect every text to translate into locale/ and compile what is there."

    def add_arguments(self, parser):
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--compile", action="store_true", help="compile only")
        only.add_argument("--check", action="store_true", help="change nothing, say what is missing or out of date")

    def handle(self, *, compile, check, **options):
        if not compile and not check:
            update_catalogs()
        if not check:
            for source in find_catalog_files():
                source.with_suffix(".mo").write_bytes(compile_catalog(source))
        elif wrong := check_catalogs():
            raise CommandError("\n".join(wrong))


def find_catalog_files():
    return sorted(source for folder in settings.LOCALE_PATHS for source in Path(folder).rglob("*.po"))


def update_catalogs():
    """Update the catalog of every language but the source's; messages no longer used are removed."""
    texts = extract_texts()
    for code, _name in settings.LANGUAGES:
        if code == settings.LANGUAGE_CODE:
            continue
        locale = to_locale(code)
        source = settings.LOCALE_PATHS[0] / locale / "LC_MESSAGES" / "django.po"
        known = read_catalog(source) if source.exists() else Catalog(locale=locale, fuzzy=False)
        known.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        source.parent.mkdir(parents=True, exist_ok=True)
        with source.open("wb") as file:
            write_po(file, known, width=0, include_lineno=False, sort_output=True, ignore_obsolete=True)


def extract_texts():
    """Return a catalog of every text that the code and the templates mark for translation."""
    texts = Catalog()
    for path, content in [*iterate_code_files(), *iterate_templates()]:
        for _line, message, comments, context in extract("python", BytesIO(content.encode()), keywords=KEYWORDS):
            texts.add(message, locations=[(str(path), 1)], auto_comments=comments, context=context)
    return texts


def iterate_code_files():
    return iterate_files(CODE_FOLDERS, {".py"})


def iterate_templates():
    """Yield (path, content) of templates as Python code, in brackets so that indentation does not matter."""
    for path, content in iterate_files(TEMPLATE_FOLDERS, TEMPLATE_SUFFIXES):
        yield path, f"({templatize(content)})"


def iterate_files(folders, suffixes):
    """Yield (path, content) of the files with these suffixes, without migrations."""
    for folder in folders:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in suffixes and "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR), path.read_text()


def read_catalog(source):
    with source.open("rb") as file:
        return read_po(file, abort_invalid=True)


def compile_catalog(source):
    """Return the bytes of the .mo file of a .po file."""
    buffer = BytesIO()
    write_mo(buffer, read_catalog(source))
    return buffer.getvalue()


def check_catalogs():
    """Return a line for everything that is wrong with the catalogs."""
    texts = extract_texts()
    return [complaint for source in find_catalog_files() for complaint in check_catalog(source, texts)]


def check_catalog(source, texts):
    """Yield a line for everything that is missing, fuzzy, untranslated or not compiled in one catalog."""
    target = source.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compile_catalog(source):
        yield f"{target} is not what its .po compiles to: run `make fix`."
    known = read_catalog(source)
    for text in texts:
        if text.id and known.get(text.id, text.context) is None:
            yield f"{source} lacks {text.id!r} of {text.locations[0][0]}: run `make messages`."
    for message in known:
        if message.id and message.fuzzy:
            yield f"{source}:{message.lineno}: fuzzy: {message.id!r}"
        elif message.id and not is_translated(message):
            yield f"{source}:{message.lineno}: not translated: {message.id!r}"
    for message, errors in known.check():
        yield f"{source}:{message.lineno}: {errors[0]}: {message.id!r}"


def is_translated(message):
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)
