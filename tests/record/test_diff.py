"""What differs between two documents, and which words were inserted and deleted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.documents.canonical_json import documents_differ
from record.documents.diff import DifferenceKind, diff_documents
from record.documents.text_diff import DiffPiece, diff_words

IDS = [f"00000000-0000-0000-0000-00000000000{n}" for n in range(4)]
texts = st.text(alphabet="ab c.。,\n研究院將建新𠮷", max_size=60)


def spelled(pieces, mark):
    return "".join(piece.words for piece in pieces if piece.mark in ("same", mark))


@given(texts, texts)
def test_the_marked_text_spells_both_texts_exactly(old, new):
    pieces = diff_words(old, new)
    assert (spelled(pieces, "deleted"), spelled(pieces, "inserted")) == (old, new)
    assert all(piece.words for piece in pieces)


@given(texts)
def test_a_text_that_did_not_change_has_no_marks(text):
    assert diff_words(text, text) == ((DiffPiece("same", text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("opens in June 2026", "opens in July 2026", ["opens in ", "-June", "+July", " 2026"]),
        ("due in 2026, soon", "due by 2027, soon", ["due ", "-in 2026", "+by 2027", ", soon"]),
        ("於二零二六年成立", "於二零二七年成立", ["於二零二", "-六", "+七", "年成立"]),
        ("研究院將成立", "研究院成立", ["研究院", "-將", "成立"]),
        ("institute", "institutes", ["-institute", "+institutes"]),
        ("One. Two. Three.", "One. Three.", ["One. ", "-Two. ", "Three."]),
        ("", "new", ["+new"]),
    ],
)
def test_latin_is_marked_by_word_and_chinese_by_character(old, new, told):
    signs = {"same": "", "deleted": "-", "inserted": "+"}
    assert [signs[piece.mark] + piece.words for piece in diff_words(old, new)] == told


COMMON_WORDS = ["the", "of", "and", "a", "institute", "policy", "hub"]
LONG_TEXT = [COMMON_WORDS[at * at % 7] for at in range(2500)]
CHINESE = ["的一是在不了有和人這中大為上個國"[at * at * at % 16] for at in range(10_000)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(LONG_TEXT), " ".join(word if at % 9 else f"word{at}" for at, word in enumerate(LONG_TEXT))),
        (" ".join(LONG_TEXT), " ".join(reversed(LONG_TEXT))),
        ("".join(CHINESE), "".join(sign if at % 30 else "新" for at, sign in enumerate(CHINESE))),
        ("".join(CHINESE), "".join(CHINESE[at * 7 % 10_000] for at in range(10_000))),
    ],
    ids=["words here and there", "words rewritten", "characters here and there", "characters rewritten"],
)
def test_ten_thousand_characters_are_compared_while_one_waits(old, new):
    start = time.process_time()
    pieces = diff_words(old, new)
    assert time.process_time() - start < 3  # half a second on an idle machine
    assert (spelled(pieces, "deleted"), spelled(pieces, "inserted")) == (old, new)


def told(old, new):
    return [(each.key, each.language, str(each.kind)) for each in diff_documents(old, new)]


def reference(at=0, **extra):
    return {"type": "organisation", "content_id": IDS[at], "slug": "a", "title": {"en": "A"}} | extra


def fact(at, **extra):
    return {"content_id": IDS[at], "claim": "", "citations": []} | extra


def test_each_language_of_a_text_is_told_apart():
    old = {"title": {"en": "Hub", "zh-hant": "中心"}, "stage": "announced"}
    new = {"title": {"en": "Hubs", "zh-hant": "中心", "zh-hans": "中心"}, "stage": "announced"}
    assert told(old, new) == [("title", "en", "changed"), ("title", "zh-hans", "added")]


def test_a_text_that_was_confirmed_differs_by_its_state_alone():
    old = {"title": {"en": "Hub", "state": {"en": "unreviewed"}}}
    (found,) = diff_documents(old, {"title": {"en": "Hub"}})
    assert (found.old, found.new, found.states) == ("Hub", "Hub", ("unreviewed", ""))


def test_a_better_converter_is_no_difference_and_writing_by_hand_is_one():
    old = {"title": {"zh-hant": "軟件", "zh-hans": "软件", "state": {"zh-hans": "converted"}}}
    assert told(old, {"title": old["title"] | {"zh-hans": "軟件"}}) == []
    (found,) = diff_documents(old, {"title": {"zh-hant": "軟件", "zh-hans": "软体"}})
    assert (found.old, found.new, found.states) == ("软件", "软体", ("converted", ""))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (reference(), reference(title={"en": "B"}), "follows"),
        (reference(), reference(withdrawn=True), "follows"),
        (reference(), reference(1), "changed"),
        (None, reference(), "added"),
        (reference(), None, "removed"),
    ],
)
def test_a_neighbours_new_name_follows_and_another_neighbour_is_a_change(old, new, what):
    assert told({"lead": old}, {"lead": new}) == [("lead", "", what)]


def test_facts_are_matched_by_what_they_are_and_their_own_facts_too():
    citation = {"content_id": IDS[3], "locator": "p. 1", "source": {"content_id": IDS[0], "title": "Speech"}}
    old = {"statements": [fact(0), fact(1, citations=[citation]), fact(2)]}
    new = {"statements": [fact(1, citations=[citation | {"locator": "p. 2"}]), fact(0, claim="on_track"), fact(3)]}
    (found,) = diff_documents(old, new)
    assert [(each.kind, (each.new or each.old)["content_id"], each.places) for each in found.parts] == [
        (DifferenceKind.CHANGED, IDS[1], (2, 1)),
        (DifferenceKind.CHANGED, IDS[0], None),
        (DifferenceKind.ADDED, IDS[3], None),
        (DifferenceKind.REMOVED, IDS[2], None),
    ]
    (citations,) = found.parts[0].parts
    assert [(each.key, each.old, each.new) for each in citations.parts[0].parts] == [("locator", "p. 1", "p. 2")]


def test_one_that_moved_up_is_not_told_as_all_the_others_moving_down():
    (found,) = diff_documents({"aliases": ["a", "b", "c"]}, {"aliases": ["c", "a", "b"]})
    assert [(each.kind, each.new, each.places) for each in found.parts] == [(DifferenceKind.MOVED, "c", (3, 1))]


def test_items_of_plain_lists_come_and_go_also_twins():
    (found,) = diff_documents({"aliases": ["a", "a", "b"]}, {"aliases": ["a", "c"]})
    assert [(each.kind, each.old or each.new) for each in found.parts] == [
        (DifferenceKind.ADDED, "c"),
        (DifferenceKind.REMOVED, "a"),
        (DifferenceKind.REMOVED, "b"),
    ]


def test_another_source_is_told_as_one_and_a_source_that_changed_by_its_parts():
    old = {"source": {"content_id": IDS[0], "title": "Speech", "tier": 1}}
    (changed,) = diff_documents(old, {"source": old["source"] | {"tier": 2}})
    assert [(each.key, each.old, each.new) for each in changed.parts] == [("tier", 1, 2)]
    (another,) = diff_documents(old, {"source": {"content_id": IDS[1], "title": "Paper", "tier": 1}})
    assert another.parts == ()


def test_the_language_of_changed_words_is_not_told_beside_them():
    old, new = {"quote": "soon", "quote_language": "en"}, {"quote": "即將", "quote_language": "zh-hant"}
    assert told(old, new) == [("quote", "", "changed")]
    assert told(old, old | {"quote_language": "zh-hant"}) == [("quote_language", "", "changed")]


def test_of_a_new_thing_everything_it_says_is_told_and_what_it_leaves_open_is_not():
    document = {"type": "milestone", "content_id": IDS[0], "title": {"en": "Opens"}, "note": None, "evidence": []}
    assert told(None, document) == [("title", "en", "added")]
    assert told(document, None) == [("title", "en", "removed")]


words = st.sampled_from(["", "a", "b", "研"])
text = st.none() | st.fixed_dictionaries({"en": st.sampled_from("ab")}, optional={"zh-hant": st.sampled_from("研究")})
citation = st.fixed_dictionaries({"content_id": st.sampled_from(IDS), "locator": words})
documents = st.fixed_dictionaries(
    {
        "title": text,
        "stage": words,
        "count": st.none() | st.integers(0, 2),
        "lead": st.none() | st.builds(reference, st.integers(0, 1), slug=words, title=text),
        "aliases": st.lists(words.filter(bool), max_size=3),
        "statements": st.lists(
            st.builds(
                lambda each, at: fact(at, claim=each[0], citations=each[1]),
                st.tuples(words, st.lists(citation, max_size=2, unique_by=lambda each: each["content_id"])),
                st.integers(0, 3),
            ),
            max_size=3,
            unique_by=lambda each: each["content_id"],
        ),
    }
)


@given(documents, documents)
def test_there_is_something_to_tell_exactly_where_publishing_would_make_an_edition(old, new):
    assert bool(diff_documents(old, new)) == documents_differ(old, new)
