"""The instruments themselves, on a page with one of each fault."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tools.audit.browser import visited
from tools.audit.visits import told

pytestmark = pytest.mark.browser
SOUND = """<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>T</title>
<link rel="icon" href="data:,"></head><body><main><h1>A page</h1><p>Words.</p></main></body></html>"""
FAULTY = """<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>T</title>
<link rel="icon" href="data:,"></head><body><main><h1>A page</h1><img src="http://127.0.0.2:9/x" alt=""><p>Words.</p>
<p style="width: 700px; color: #ddd">Wide and pale</p></main><script>document.cookie = "seen=1";
const late = "<div style='height: 9rem'>Late</div>";
setTimeout(() => document.querySelector("h1").insertAdjacentHTML("beforebegin", late), 99);
</script></body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def measured(browser, tmp_path):
    """measured(html): {measure: how often it was missed there}."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://localhost:{server.server_port}"

    def visit(html):
        (tmp_path / "page.html").write_text(html)
        return {each.measure: each for each in told([visited(browser, site, "/page.html")], {"/page.html"}, site)}

    yield visit
    server.shutdown()


def test_a_sound_page_misses_nothing(measured):
    found = measured(SOUND)
    assert {name: each.details for name, each in found.items() if not each.met} == {}
    assert found["axe-core: violations"].over.startswith("6 runs")


def test_each_fault_of_a_page_is_found(measured):
    found = measured(FAULTY)
    assert [name for name, each in found.items() if each.met] == ["first visit to an initiative"]
    assert {each["what"].split()[0] for each in found["axe-core: violations"].details} == {"color-contrast"}
    widths = [each["what"].split(":")[0] for each in found["scrolls sideways"].details]
    assert widths == ["at 320", "at 360", "at 577", "at 704"]
    assert [each["what"] for each in found["lines lost without JavaScript"].details] == ["Late"]
