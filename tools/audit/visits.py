"""Every page opened, by as many browsers at once as asked, and what their visits say together."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from urllib.parse import urlsplit

from .browser import BREAKPOINTS, SCHEMES, WIDTHS, Visit, started, visited
from .results import Fault, Result, at_most, counted

FIRST_VISIT_BYTES = 100_000


def all_of(site: str, paths: list[str], browsers: int) -> list[Visit]:
    """Deal the pages out among the browsers, each a process of its own."""
    shares = [paths[number::browsers] for number in range(browsers)]
    with ProcessPoolExecutor(browsers, mp_context=get_context("spawn")) as pool:
        return [visit for share in pool.map(_share, [site] * browsers, shares) for visit in share]


def _share(site: str, paths: list[str]) -> list[Visit]:
    with started() as browser:
        return [visited(browser, site, path) for path in paths]


def told(visits: list[Visit], initiatives: set[str], site: str) -> Iterable[Result]:
    """Measure the visits. initiatives: the paths whose first visit has a maximum."""
    pages, runs = f"{len(visits)} pages", sum(each.axe_runs for each in visits)
    over = f"{runs:,} runs ({pages} × {len(SCHEMES)} themes × {len(WIDTHS)} widths)"
    yield counted("axe-core: violations", over, _each(visits, _violations))
    sizes = {each.path: sum(size for _url, size in each.requests) for each in visits}
    first = {path: size for path, size in sizes.items() if path in initiatives}
    yield at_most("first visit to an initiative", f"{len(first)} pages", FIRST_VISIT_BYTES, "bytes", first)
    yield counted("requests to another host", pages, _each(visits, lambda visit: _foreign(visit, site)))
    yield counted("cookies", pages, _each(visits, lambda visit: visit.cookies))
    yield counted("errors in the console", pages, _each(visits, lambda visit: visit.said))
    yield counted("shifts while loading", f"{2 * len(visits)} loads", _each(visits, _shifts))
    yield counted("scrolls sideways", f"{pages} × {len(BREAKPOINTS) + len(WIDTHS)} widths", _each(visits, _sideways))
    yield counted("lines lost without JavaScript", pages, _each(visits, lambda visit: visit.lost))


def _each(visits: list[Visit], faults) -> Iterable[Fault]:
    return (Fault(visit.path, what) for visit in visits for what in faults(visit))


def _violations(visit: Visit) -> Iterable[str]:
    for width, scheme, rule, elements in visit.violations:
        for element in elements:
            yield f"{rule} at {width}, {scheme}: {element}"


def _foreign(visit: Visit, site: str) -> Iterable[str]:
    return (url for url, _size in visit.requests if urlsplit(url).netloc != urlsplit(site).netloc)


def _shifts(visit: Visit) -> Iterable[str]:
    return (f"{score:.4f} at {width}: {what}" for width, found in visit.shifts.items() for score, what in found)


def _sideways(visit: Visit) -> Iterable[str]:
    return (f"at {width}: {' '.join(outside)}" for width, outside in visit.sideways.items())
