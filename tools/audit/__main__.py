"""`make audit`: measures a demo of its own from outside and prints one table; ends with 1 where a goal is missed."""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from . import data, feeds, kinds, lighthouse, links, markup, site, visits
from .reading import Answer, Reader
from .results import Result, at_most, table

MAX_MINUTES = 20
SUBJECTS = ("markup", "data", "feeds", "links", "browser", "lighthouse")


def main() -> int:
    options = _options()
    began = monotonic()
    site.FOLDER.mkdir(parents=True, exist_ok=True)
    site.set_up(options.port)
    _say(began, "preparing a demo")
    if not options.reuse:
        shutil.rmtree(site.DEMO, ignore_errors=True)
        site.prepare()
    site.collect()
    results, report = [], site.FOLDER / "report.json"
    with site.served() as reader:
        for result in _measured(reader, options, began):
            results.append(result)
            report.write_text(json.dumps([each.told() for each in results], indent=1, ensure_ascii=False))
    if options.only == list(SUBJECTS):
        taken = {"": (monotonic() - began) / 60}
        results.append(at_most("all of this", f"{os.cpu_count()} processors", MAX_MINUTES, "minutes", taken))
    print(f"\n{table(results)}\n\nload {os.getloadavg()[0]:.1f} at {datetime.now():%H:%M}; every fault is in {report}")
    return int(not all(each.met for each in results))


def _measured(reader: Reader, options: argparse.Namespace, began: float) -> Iterable[Result]:
    _say(began, "finding one page of each kind")
    everything, files = kinds.discovered(reader)
    found = [each for each in everything if options.kind in each.name]
    answers = [reader.read(kind.at(language)) for kind in found for language in kinds.LANGUAGES]
    subjects = {
        "markup": lambda: [markup.checked({each.path: each.body for each in answers})],
        "data": lambda: [data.checked(answers)],
        "feeds": lambda: feeds.checked(_beside(reader, answers, files)),
        "links": lambda: [links.checked(reader, answers)],
        "browser": lambda: _browsed(reader, found, options.browsers),
        "lighthouse": lambda: lighthouse.checked(found, reader.site, options.browsers),
    }
    _say(began, f"{len(found)} kinds: {', '.join(each.name for each in found)}; files: {', '.join(files)}")
    for name in options.only:
        for result in subjects[name]():
            _say(began, " · ".join(result.row()))
            yield result


def _browsed(reader: Reader, found: list[kinds.Kind], browsers: int) -> Iterable[Result]:
    addresses = {kind.at(language): kind for kind in found for language in kinds.LANGUAGES}
    initiatives = {path for path, kind in addresses.items() if kind.name == "initiative"}
    return visits.told(visits.all_of(reader.site, list(addresses), browsers), initiatives, reader.site)


def _beside(reader: Reader, answers: list[Answer], files: dict[str, str]) -> list[Answer]:
    """Read feeds and files that pages name in their heads, and one of each kind that they link to, in each language."""
    named = {reader.inside(page.path, address) for page in answers for _media, address in page.page.alternates}
    paths = {inside[0] for inside in named if inside}
    paths |= {path.replace("/en/", f"/{language}/", 1) for path in files.values() for language in kinds.LANGUAGES}
    return reader.read_all(sorted(paths))


def _say(began: float, what: str) -> None:
    print(f"{monotonic() - began:5.0f} s  {what}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make audit ARGS='…'", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS), help="these subjects only")
    parser.add_argument("--kind", default="", help="kinds of page with this in their name only")
    parser.add_argument("--reuse", action="store_true", help="measure the demo of the last run as it is")
    parser.add_argument("--browsers", type=int, default=os.cpu_count(), help="at once (%(default)s)")
    parser.add_argument("--port", type=int, default=8790, help="of the demo (%(default)s)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
