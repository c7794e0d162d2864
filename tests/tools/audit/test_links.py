from tools.audit.links import checked
from tools.audit.reading import Answer, Reader

SITE = "http://localhost:1"


def page(path, html, status=200):
    return Answer(path, status, "text/html", html.encode())


def faults(*pages):
    """Return what is wrong with the links of the first of these pages."""
    reader = Reader(SITE, known={each.path: each for each in pages})
    return [each["what"] for each in checked(reader, [pages[0]]).details]


def test_a_link_arrives_at_the_place_it_names():
    links = (
        '<a href="/b/#here">1</a><a href="/b/#there">2</a><a href="#top">3</a><a href="https://example.org/#x">4</a>'
    )
    assert faults(page("/a/", links), page("/b/", '<p id="here">')) == ["/b/ has no #there", "/a/ has no #top"]


def test_a_link_follows_redirects_and_meets_no_error():
    links = f'<a href="/old/">1</a><a href="{SITE}/gone/">2</a>'
    moved = Answer("/old/", 301, "text/html", b"", "/new/")
    assert faults(page("/a/", links), moved, page("/new/", ""), page("/gone/", "", 404)) == ["/gone/ answers 404"]


def test_an_errors_page_may_link_to_itself_in_another_language():
    missing = page("/zh-hant/x/", "", 404)
    assert faults(page("/en/x/", '<a href="/zh-hant/x/">1</a>', 404), missing) == []
