"""What happens in a browser at one address: axe, what moves, what it costs, whom it asks, what it keeps."""

import os
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
QUIET = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
ARGUMENTS = [f"--{each}" for each in (*QUIET, "disable-component-update", "disable-sync")]
WIDTHS = (360, 768, 1440)
BREAKPOINTS = (320, 577, 704, 833, 960, 1024, 1057)  # the narrowest, and the first of each layout of static/site
HEIGHT = 900
SCHEMES = ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}, "preload": False}
RUN_AXE = """options => axe.run(document, {...options, resultTypes: ["violations"]}).then(found => found.violations.map(
    each => [each.id, each.nodes.map(node => node.html.slice(0, 200))]))"""
WATCH_SHIFTS = """window.shifted = [];
new PerformanceObserver(list => shifted.push(...list.getEntries().map(each => [each.value, each.sources.map(
    source => source.node && (source.node.outerHTML || source.node.textContent || "").slice(0, 120))]))
).observe({type: "layout-shift", buffered: true});"""
SIDEWAYS = """() => { const wide = document.documentElement; return wide.scrollWidth > wide.clientWidth ? [...document
    .querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > wide.clientWidth + 1)
    .slice(0, 3).map(each => each.outerHTML.slice(0, 120)).concat("") : [] }"""
MAIN = "() => document.querySelector('main').innerText"


@dataclass
class Visit:
    """requests: (address, bytes over the wire). Widths in CSS pixels."""

    path: str
    requests: list[tuple[str, float]] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # errors in the console
    shifts: dict[int, list] = field(default_factory=dict)  # width: [(score, what moved)]
    sideways: dict[int, list[str]] = field(default_factory=dict)  # width: what sticks out
    violations: list[tuple[int, str, str, list[str]]] = field(default_factory=list)  # width, scheme, rule, elements
    lost: list[str] = field(default_factory=list)  # lines of the text that need JavaScript
    axe_runs: int = 0


@contextmanager
def started():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def visited(browser: Browser, site: str, path: str) -> Visit:
    """Open it as a phone and as a desktop do, each with nothing in its cache, and without JavaScript."""
    visit = Visit(path)
    with _opened(browser, WIDTHS[0]) as page:
        said = []
        page.on("console", lambda each: said.append(each))
        page.on("pageerror", lambda error: visit.said.append(str(error)))
        visit.requests = _weighed(page, site + path)
        visit.said += [each.text for each in said if each.type == "error" and each.location["url"] != site + path]
        visit.cookies = [each["name"] for each in page.context.cookies()]
        visit.shifts[WIDTHS[0]] = page.evaluate("shifted")
        _look(page, visit)
    with _opened(browser, WIDTHS[-1]) as page:
        page.goto(site + path, wait_until="networkidle")
        visit.shifts[WIDTHS[-1]] = page.evaluate("shifted")
        with_script = page.evaluate(MAIN)
    with _opened(browser, WIDTHS[-1], java_script_enabled=False) as page:
        page.goto(site + path)
        without = set(_lines(page.evaluate(MAIN)))
        visit.lost = [line for line in _lines(with_script) if line not in without]
    return visit


@contextmanager
def _opened(browser: Browser, width: int, **options):
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, **options)
    context.add_init_script(WATCH_SHIFTS)
    try:
        yield context.new_page()
    finally:
        context.close()


def _weighed(page: Page, address: str) -> list[tuple[str, float]]:
    """Open it and list each request with the bytes of its answer as they came, headers included."""
    asked, sizes = {}, {}
    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", lambda each: asked.setdefault(each["requestId"], each["request"]["url"]))
    session.on("Network.loadingFinished", lambda each: sizes.update({each["requestId"]: each["encodedDataLength"]}))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    session.detach()
    return [(url, sizes.get(number, 0)) for number, url in asked.items() if not url.startswith(("data:", "blob:"))]


def _look(page: Page, visit: Visit) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(Axe().axe_script)
    for width in sorted((*BREAKPOINTS, *WIDTHS)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if outside := page.evaluate(SIDEWAYS):
            visit.sideways[width] = outside
        for scheme in SCHEMES if width in WIDTHS else ():
            page.emulate_media(color_scheme=scheme)
            visit.violations += [(width, scheme, *each) for each in page.evaluate(RUN_AXE, AXE)]
            visit.axe_runs += 1


def _lines(text: str) -> Iterable[str]:
    return filter(None, (" ".join(line.split()) for line in text.splitlines()))
