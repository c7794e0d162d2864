"""Count what runs of the product for one thing that somebody does: distinct modules, functions, calls, switches.

The walks are taken twice, each round on the same new database, and counted the second time: patterns are compiled,
lazy imports are done, what a process remembers is remembered. Lambdas and comprehensions are not counted, and
functions of one name in one module are counted as one.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from .counting import CallCounter
from .forms import read_largest_form
from .sandbox import Sandbox
from .sources import find_apps
from .tables import join_columns

ROUNDS = 2
Walk = tuple[str, Callable[[], object]]


def describe_walks(root: Path) -> str:
    """Return a Markdown table of the walks in this checkout."""
    packages = find_apps(root)
    counted = {}
    with Sandbox(root) as site:
        for _ in range(ROUNDS):
            for name, walk in chain(walk_editing(site), walk_reminding(site), walk_loading(site)):
                counted[name] = count_walk(root, packages, walk)
    columns = {
        "modules": lambda counter: len(counter.modules),
        "functions": lambda counter: len(counter.functions),
        "calls": lambda counter: counter.calls,
        "switches": lambda counter: counter.switches,
    }
    cells = [{name: f"{count(each):,}" for name, each in counted.items()} for count in columns.values()]
    return join_columns("walk", list(columns), cells)


def walk_editing(site: Sandbox) -> Iterator[Walk]:
    """Edit, publish and read one initiative with one milestone that has no date."""
    site.reset()
    site.load(site.make_file("undated_milestone.yaml"))
    root = site.find_model("Initiative").objects.get(slug="plan")
    form = f"/admin/initiatives/initiative/{root.pk}/change/"
    sent = _open_form(site, form) | {"summary_en": "Said by an editor", "_save": "Save"}
    yield "admin save of an initiative (POST)", lambda: _post(site, form, sent)

    publish = f"/admin/initiatives/initiative/{root.pk}/publish/"
    note = _open_form(site, publish) | {"note_en": "Planned", "note_zh_hant": "計劃"}
    yield "publish page POST (1 initiative, 1 milestone)", lambda: _post(site, publish, note)

    title = "An undated plan"
    fact = "/api/v1/initiatives/plan/"
    yield "the fact as API bytes", lambda: _get(site, fact, says=title)
    stage = site.reader.get(fact).json()["stage"]
    yield "a reader's filter ?stage=…&q=…", lambda: _get(site, f"/en/initiatives/?q=plan&stage={stage}", says=title)
    yield "an initiative's page", lambda: _get(site, "/en/initiatives/plan/", says=title)


def walk_reminding(site: Sandbox) -> Iterator[Walk]:
    """Find what is owed of one promised milestone, and send the mail about it."""
    site.reset()
    site.load(site.make_file("dated_milestone.yaml"), "--publish")
    site.queued.clear()
    yield "sweep", lambda: site.run_task(("notifications.tasks.run_reminder_sweep", "notifications.tasks.sweep"))
    yield "sweep → mail", lambda: _deliver(site)


def walk_loading(site: Sandbox) -> Iterator[Walk]:
    """Load a data file of ten rows, one a section, and read what came of it."""
    site.reset()
    file = site.make_file("ten_rows.yaml")
    yield "a YAML file of 10 rows, published", lambda: site.load(file, "--publish")
    page = "/en/initiatives/institute/"
    yield "an initiative's page with money, outcome and comment", lambda: _get(site, page, says="Institute")


def count_walk(root: Path, packages: list[str], walk: Callable[[], object]) -> CallCounter:
    with CallCounter(root, packages) as counter:
        walk()
    return counter


def _open_form(site: Sandbox, path: str) -> dict:
    return read_largest_form(_expect(site.editor.get(path), 200).content.decode())


def _post(site: Sandbox, path: str, sent: dict) -> None:
    _expect(site.editor.post(path, sent), 302)


def _get(site: Sandbox, path: str, *, says: str) -> None:
    if says not in _expect(site.reader.get(path), 200).content.decode():
        raise RuntimeError(f"{path} does not say {says!r}: it would be another walk.")


def _deliver(site: Sandbox) -> None:
    from django.core import mail

    before = len(mail.outbox)
    for name, arguments in site.queued:
        site.run_task(name, **arguments)
    if len(mail.outbox) != before + 1:
        raise RuntimeError(f"{len(mail.outbox) - before} mails left, not one.")


def _expect(response, status: int):
    if response.status_code != status:
        told = f"{response.request['PATH_INFO']} answered {response.status_code}, not {status}"
        raise RuntimeError(f"{told}:\n{response.content.decode()[-3000:]}")
    return response
