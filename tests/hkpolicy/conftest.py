import socket
from types import SimpleNamespace

import pytest

from tests.hkpolicy.access_fixtures import AccessFixtures
from tests.shared_rows import shared_rows


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; whatever a test does to it is undone."""
    with shared_rows(django_db_blocker):
        yield AccessFixtures()


@pytest.fixture
def deaf():
    """Run a server that takes connections and never answers. asked(): how many came since this was asked last."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def asked():
            count = 0
            try:
                while True:
                    server.accept()[0].close()
                    count += 1
            except BlockingIOError:
                return count

        yield SimpleNamespace(url=f"redis://127.0.0.1:{server.getsockname()[1]}/0", asked=asked)
