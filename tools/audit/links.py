"""Whether every link inside the site arrives, and at the very place it names."""

from collections import defaultdict
from collections.abc import Iterable

from .reading import Answer, Reader
from .results import Fault, Result, counted


def checked(reader: Reader, pages: list[Answer]) -> Result:
    links = found(reader, pages)
    faults = (fault for path, uses in links.items() for fault in _faults(reader.final(path), uses))
    return counted("links that do not arrive", f"{len(links)} addresses linked", faults)


def found(reader: Reader, pages: list[Answer]) -> dict[str, list[tuple[str, Answer]]]:
    """Return {path: [(fragment, page it is linked from)]}, only inside the site. Forms' addresses lack their fields."""
    links = defaultdict(list)
    for page in pages:
        for tag, address in page.page.links:
            inside = reader.inside(page.path, address)
            if inside and tag != "form":
                links[inside[0]].append((inside[1], page))
    return links


def _faults(answer: Answer, uses: list[tuple[str, Answer]]) -> Iterable[Fault]:
    """Find what is wrong; the page of an error may link to the same error in another form or language."""
    for fragment, page in {(fragment, page.path): (fragment, page) for fragment, page in uses}.values():
        if answer.status >= 400 and answer.status != page.status:
            yield Fault(page.path, f"{answer.path} answers {answer.status}")
        elif fragment and answer.is_html and fragment not in answer.page.ids:
            yield Fault(page.path, f"{answer.path} has no #{fragment}")
