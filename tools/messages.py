"""What Babel's command line lacks: how to read Django's templates (babel.cfg), and the check of `make check`."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

COLLECTED = Path("var/messages.pot")


def extract_template(file, keywords, comment_tags, options):
    """Extract from a template as from Python code, in brackets so that indentation does not matter."""
    code = f"({templatize(file.read().decode())})"
    return extract_python(BytesIO(code.encode()), keywords, comment_tags, options)


def check_catalogs(folder: Path, collected: Path) -> list[str]:
    """Return a line for everything that is wrong with the catalogs. collected: the template with every text."""
    texts = read_catalog(collected)
    return [complaint for source in sorted(folder.rglob("*.po")) for complaint in check_catalog(source, texts)]


def check_catalog(source: Path, texts: Catalog) -> Iterator[str]:
    """Yield a line for everything that is missing, fuzzy, untranslated or not compiled in one catalog."""
    known, compiled = read_catalog(source), BytesIO()
    write_mo(compiled, known)
    target = source.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled.getvalue():
        yield f"{target} is not what its .po compiles to: run `make fix`."
    for text in texts:
        if text.id and known.get(text.id, text.context) is None:
            yield f"{source} lacks {text.id!r} of {text.locations[0][0]}: run `make messages`."
    for message in known:
        if message.id and message.fuzzy:
            yield f"{source}:{message.lineno}: fuzzy: {message.id!r}"
        elif message.id and not all(message.string if message.pluralizable else [message.string]):
            yield f"{source}:{message.lineno}: not translated: {message.id!r}"
    for message, errors in known.check():
        yield f"{source}:{message.lineno}: {errors[0]}: {message.id!r}"


def read_catalog(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, abort_invalid=True)


if __name__ == "__main__":
    sys.exit("\n".join(check_catalogs(Path("locale"), COLLECTED)) or None)
