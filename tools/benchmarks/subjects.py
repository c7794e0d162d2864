"""What is timed: an address asked in process through every middleware, or a publication."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from initiatives.models import Initiative
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from record.dates import hong_kong_day
from record.models import Publication

from .editors import asking
from .lines import PUBLISH, READERS, Side
from .newsroom import EDITOR, WITH_MANY_MILESTONES, word


@dataclass
class Sample:
    """One run: how long it took, what it asked, and the answer, where there is one."""

    seconds: float = 0.0
    queries: int = 0
    body: bytes = b""


def prepared(side: Side) -> Callable[[], Sample]:
    """Return what runs this side once."""
    if side.what == PUBLISH:
        return _publishing()
    return _asking(side) if side.what.startswith(READERS) else _editing(side)


def _asking(side: Side) -> Callable[[], Sample]:
    handler, requests = WSGIHandler(), RequestFactory(SERVER_NAME="localhost")
    path = side.what.format(as_of=_middle_of_history())

    def answer(**headers):
        request = requests.get(path, headers=headers)
        request.urlconf = "tools.benchmarks.urls"
        return handler.get_response(request)

    first = answer()
    if first.status_code != 200:
        raise RuntimeError(f"{path} answered {first.status_code}: {first.content[:500]!r}")
    headers = {"If-None-Match": first["ETag"]} if side.known else {}

    def run() -> Sample:
        with _measured() as sample:
            sample.body = answer(**headers).content
        return sample

    return run


def _editing(side: Side) -> Callable[[], Sample]:
    """Return a run in which an editor asks."""
    ready = asking(side.what)
    expected = 302 if side.what.startswith("save") else 200

    def run() -> Sample:
        ask = ready()
        with _measured() as sample:
            answer = ask()
        if answer.status_code != expected:
            raise RuntimeError(f"{side.what} answered {answer.status_code}")
        return sample

    return run


def _publishing() -> Callable[[], Sample]:
    """Publish one changed milestone of the initiative that has 50, a different one each time."""
    initiative = Initiative.objects.get(slug=f"initiative-{word(WITH_MANY_MILESTONES)}")
    milestones = list(initiative.milestones.all())
    by = get_user_model().objects.get(username=EDITOR)

    def run() -> Sample:
        milestones.append(milestone := milestones.pop(0))
        milestone.note_en = f"Seen at {timezone.now().isoformat()}."
        milestone.save()
        with _measured() as sample:
            publication = publish(drafts=[build_draft(initiative)], by=by, overruled="Its translations are stale.")
        if publication.changes.count() != 1:
            raise RuntimeError("more was published than one milestone")
        return sample

    return run


@contextmanager
def _measured():
    """Sample what is done inside."""
    sample = Sample()

    def count(execute, *query):
        sample.queries += 1
        return execute(*query)

    with connection.execute_wrapper(count):
        started = perf_counter()
        yield sample
        sample.seconds = perf_counter() - started


def _middle_of_history() -> str:
    instants = Publication.objects.order_by("id").values_list("published_at", flat=True)
    first, last = instants[1], instants.reverse()[1]
    return hong_kong_day(first + (last - first) / 2).isoformat()
