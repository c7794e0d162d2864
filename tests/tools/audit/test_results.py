from tools.audit.results import Fault, at_least, at_most, counted, table


def test_the_worst_page_is_the_one_with_most_faults():
    found = counted("errors", "3 pages", [Fault("/a/", "x"), Fault("/b/", "x"), Fault("/b/", "y")])
    assert (found.met, found.seen, found.worst) == (False, "3 on 2 pages", "/b/ (2)")
    assert counted("errors", "3 pages", []).row() == ("errors", "3 pages", "0", "0", "", "met")


def test_the_median_of_each_page_must_reach_the_goal():
    scores = {"/a/": [1, 0.5, 0.98], "/b/": [1, 1, 1]}
    assert at_least("speed", 0.98, scores).met
    found = at_least("speed", 0.98, scores | {"/c/": [0.9, 0.97, 1]})
    assert (found.met, found.worst, found.seen) == (False, "/c/", "0.97 lowest, 1 below")


def test_the_largest_page_must_keep_below_the_goal():
    assert at_most("weight", "2 pages", 100, "bytes", {"/a/": 99, "/b/": 100}).met
    found = at_most("weight", "2 pages", 100, "bytes", {"/a/": 99, "/b/": 101})
    assert (found.met, found.worst, found.seen) == (False, "/b/", "101 bytes")


def test_what_measured_nothing_is_missed():
    assert not at_least("speed", 0.98, {}).met
    assert not at_most("weight", "2 pages", 100, "bytes", {}).met


def test_the_table_has_a_line_for_each_measure():
    lines = table([counted("a|b", "1 page", [])]).splitlines()
    assert lines[0] == "| measure | over | goal | seen | worst page |  |"
    assert lines[2] == "| a/b | 1 page | 0 | 0 |  | met |"
