from tools.benchmarks.comparing import differences, fields


def test_every_field_is_compared_and_what_one_side_lacks_differs():
    one = {"a": [{"b": 1}, {"b": 2}], "c": {}, "d": None}
    assert list(fields(one)) == [(".a[0].b", 1), (".a[1].b", 2), (".c", {}), (".d", None)]
    assert differences(one, one) == []
    assert differences(one, {"a": [{"b": 1}, {"b": 3}], "c": [], "e": None}) == [".a[1].b", ".c", ".d", ".e"]


def test_true_is_not_one():
    assert differences({"a": True}, {"a": 1}) == [".a"]
