"""A process for each side of a line: its own database connection, its own peak memory."""

import multiprocessing
import resource
from contextlib import contextmanager

from .databases import django_at
from .lines import Side

PROCESSES = multiprocessing.get_context("spawn")


class Failed(Exception):
    """A process ended; it has said why on its standard error."""


class Worker:
    """Runs one side whenever told to."""

    def __init__(self, url: str, side: Side):
        self.side = side
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_serve, args=(theirs, url, side), daemon=True)
        self._process.start()
        theirs.close()

    def run(self) -> tuple[float, int]:
        """Return (seconds, queries)."""
        return self._ask("run")

    def body(self) -> bytes:
        """Return what the last run answered."""
        return self._ask("body")

    def peak_megabytes(self) -> float:
        """Return the most memory the process ever held."""
        return self._ask("peak")

    def close(self) -> None:
        self._pipe.close()
        self._process.join()

    def _ask(self, what: str):
        try:
            self._pipe.send(what)
            return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Failed(f"{self.side.what} at {self.side.initiatives} initiatives") from error


@contextmanager
def workers(*asked: tuple[str, Side]):
    """Start a worker for each (address of a database, side)."""
    started = [Worker(url, side) for url, side in asked]
    try:
        yield started
    finally:
        for worker in started:
            worker.close()


def _serve(pipe, url: str, side: Side) -> None:
    django_at(url)
    from .subjects import prepared

    run, sample = prepared(side), None
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if asked == "run":
            sample = run()
            pipe.send((sample.seconds, sample.queries))
        else:
            pipe.send(sample.body if asked == "body" else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def in_a_process(function, *arguments):
    """Return what a function returns that needs much, or sets Django up for itself.

    This process stays small: a child's peak counts from what its parent held when it was forked.
    """
    with PROCESSES.Pool(1) as pool:
        return pool.apply(function, arguments)
