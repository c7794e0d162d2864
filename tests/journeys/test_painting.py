"""A page that comes in pieces is painted once it has been read whole, so that nothing on it shifts."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.request import urlopen

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres_only,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PAUSE_SECONDS = 1
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
READ = "performance.getEntriesByType('navigation')[0].responseEnd"


@pytest.fixture
def halting(live_server):
    """Yield the address of the same site, where a page comes in two halves with a pause between."""

    class Halting(BaseHTTPRequestHandler):
        def do_GET(self):
            with urlopen(live_server.url + self.path) as answer:
                body, kind = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            middle = body.index(b"</header>") if kind.startswith("text/html") else 0
            self.wfile.write(body[:middle])
            time.sleep(PAUSE_SECONDS if middle else 0)
            self.wfile.write(body[middle:])

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Halting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_painted_when_it_has_been_read_whole(halting, browser):
    page = browser.new_page()
    page.goto(f"{halting}/en/")
    painted, read = page.wait_for_function(PAINTED).json_value(), page.evaluate(READ)
    assert read > 1000 * PAUSE_SECONDS
    assert painted >= read
