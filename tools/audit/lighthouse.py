"""Lighthouse as on a phone: performance three times a kind of page, the other categories once, languages in turn."""

import json
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .browser import ARGUMENTS, CHROMIUM
from .kinds import LANGUAGES, Kind
from .results import Result, at_least
from .site import FOLDER

SCRIPT = Path(__file__).with_name("lighthouse.mjs")
PERFORMANCE_RUNS = 3
GOALS = {"performance": 0.98, "accessibility": 1, "best-practices": 1, "seo": 1}
OK = 200


@dataclass
class Run:
    url: str
    scores: dict[str, float | None]
    failed: dict[str, list[str]]
    error: str = ""


def checked(kinds: list[Kind], site: str, browsers: int) -> list[Result]:
    """Check in as many browsers at once as said, which can only make a page seem slower."""
    jobs = [job(kind, LANGUAGES[turn % len(LANGUAGES)], site) for turn, kind in enumerate(kinds)]
    with ThreadPoolExecutor(browsers) as pool:
        shares = pool.map(measured, (jobs[number::browsers] for number in range(browsers)))
        return told([run for share in shares for run in share], site)


def job(kind: Kind, language: str, site: str) -> dict:
    """Say what to run. Keeping search engines away on purpose is no fault, nor is the status of an error's page."""
    categories, skipped = list(GOALS), []
    if kind.status != OK:
        categories.remove("seo")
        skipped.append("errors-in-console")
    if not kind.indexed:
        skipped.append("is-crawlable")
    runs = [categories, *[["performance"]] * (PERFORMANCE_RUNS - 1)]
    return {"url": site + kind.at(language), "runs": runs, "skipAudits": skipped or None}


def measured(jobs: list[dict]) -> list[Run]:
    node = shutil.which("node")
    flags = " ".join(["--headless=new", *ARGUMENTS])
    surroundings = os.environ | {"CHROMIUM": CHROMIUM, "CHROME_FLAGS": flags, "NODE_FOLDER": str(FOLDER)}
    done = subprocess.run(
        [node, str(SCRIPT)], input=json.dumps(jobs), env=surroundings, stdout=subprocess.PIPE, text=True, check=True
    )
    runs = map(json.loads, done.stdout.splitlines())
    return [Run(each["url"], each.get("scores", {}), each.get("failed", {}), each.get("error", "")) for each in runs]


def told(runs: list[Run], site: str) -> list[Result]:
    rows = []
    for category, goal in GOALS.items():
        scores, why = defaultdict(list), defaultdict(set)
        for run in runs:
            page = run.url.removeprefix(site)
            if category in run.scores or run.error:
                scores[page].append(run.scores.get(category) or 0)
                why[page] |= set(run.failed.get(category, ()))
        how = f"median of {PERFORMANCE_RUNS}" if category == "performance" else "once"
        row = at_least(f"Lighthouse, mobile: {category} ({how})", goal, scores)
        row.worst += f": {', '.join(sorted(why[row.worst]))}" if row.worst else ""
        row.details += [{page: sorted(each) for page, each in why.items() if each}, _errors(runs)]
        rows.append(row)
    return rows


def _errors(runs: Iterable[Run]) -> list[str]:
    return [f"{each.url}: {each.error}" for each in runs if each.error]
