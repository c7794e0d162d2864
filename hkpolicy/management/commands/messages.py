"""Compiles the translations, so that a machine without gettext can run the site from the checkout."""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile every .po file of locale/ into its .mo; with --check, change nothing and say what is wrong."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if a file is out of date or a text untranslated")

    def handle(self, *, check, **options):
        sources = sorted(source for folder in settings.LOCALE_PATHS for source in Path(folder).rglob("*.po"))
        if not check:
            for source in sources:
                source.with_suffix(".mo").write_bytes(compiled(source))
            return
        if wrong := [complaint for source in sources for complaint in complaints(source)]:
            raise CommandError("\n".join(wrong))


def catalog(source):
    with source.open("rb") as file:
        return read_po(file, abort_invalid=True)


def compiled(source):
    buffer = BytesIO()
    write_mo(buffer, catalog(source))
    return buffer.getvalue()


def complaints(source):
    """What is wrong with one .po file, a line each."""
    target = source.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled(source):
        yield f"{target} is not what its .po compiles to: run `make fix`."
    for message in catalog(source):
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and message.fuzzy:
            yield f"{source}:{message.lineno}: fuzzy: {message.id!r}"
        elif message.id and not all(texts):
            yield f"{source}:{message.lineno}: not translated: {message.id!r}"
