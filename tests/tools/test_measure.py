"""What `python -m tools.measure` counts, shown on small trees."""

import subprocess
import sys

import pytest

from tools.measure.__main__ import HERE, main
from tools.measure.counting import CallCounter
from tools.measure.forms import read_largest_form
from tools.measure.imports import build_graph, find_cycles, find_imports
from tools.measure.sources import find_apps, read_modules
from tools.measure.tables import count_lines_per_app, measure_checkout

TWO_WORDS = "".join(f"def build_thing_{number}(): ...\n" for number in range(40))


@pytest.fixture
def tree(tmp_path):
    """Return a function that writes an app from {path in it: text} and returns the checkout's folder."""

    def write(files, app="shop"):
        for name, text in {"__init__.py": "", "apps.py": "class ShopConfig: ...\n", **files}.items():
            file = tmp_path / app / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tmp_path

    return write


def names(root, *options):
    return main(["names", "--root", str(root), *options])


def cycles(root, *, inline, by_app=False):
    imports = find_imports(read_modules(root, find_apps(root)))
    return find_cycles(build_graph(imports, inline=inline, by_app=by_app))


def test_a_homonym_is_found_and_too_many_of_them_fail(tree, capsys):
    root = tree({"one.py": "def find_row(): ...\n", "two.py": "class find_row: ...\ndef find_rows(): ...\n"})
    assert names(root) == 1
    said = capsys.readouterr()
    assert "1 of them in 2 modules or more (50.0%), 0 in 3 or more (0.0%)" in said.out
    assert "  find_row: shop.one, shop.two" in said.out
    assert "50.0% of the public names are defined in two modules or more; at most 5% may be." in said.err


def test_few_homonyms_pass(tree, capsys):
    root = tree({"one.py": TWO_WORDS, "two.py": "def build_thing_1(): ...\n"})
    assert names(root) == 0
    assert "1 of them in 2 modules or more (2.5%)" in capsys.readouterr().out


def test_functions_of_one_word_are_counted_private_ones_too(tree, capsys):
    root = tree({"one.py": "def told(): ...\ndef _shown(): ...\ndef _find_row(): ...\ndef build_row(): ...\n"})
    assert names(root, "--quiet") == 1
    said = capsys.readouterr()
    assert "2 of 4 functions have a name of one word (50.0%); 1.50 words a name" in said.out
    assert "Of one word: shown, told" in said.out
    assert "50.0% of the functions have a name of one word; at most 25% may." in said.err


def test_a_quarter_of_one_word_is_not_too_many_and_is_not_said_quietly(tree, capsys):
    root = tree({"one.py": "def publish(): ...\ndef find_row(): ...\ndef find_rows(): ...\ndef build_row(): ...\n"})
    assert names(root, "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_what_django_looks_up_and_what_is_no_product_is_not_counted(tree, capsys):
    root = tree(
        {
            "management/commands/one.py": "class Command: ...\n",
            "management/commands/two.py": "class Command: ...\n",
            "migrations/0001_initial.py": "class Thing: ...\n",
            "models.py": "class Thing:\n    class Meta: ...\n    def told(self): ...\nclass _Private: ...\n",
        }
    )
    tree({"one.py": "def told(): ...\nclass Thing: ...\n"}, app="tests")
    tree({"one.py": "def told(): ...\nclass Thing: ...\n"}, app="tools")
    assert names(root) == 0
    assert "1 public functions and classes" in capsys.readouterr().out


def test_an_app_without_apps_py_is_found_where_the_contracts_name_it(tree):
    root = tree({})
    (root / "readers").mkdir()
    (root / "pyproject.toml").write_text('[tool.importlinter]\nroot_packages = ["readers", "shop", "gone"]\n')
    assert find_apps(root) == ["readers", "shop"]


def test_cycles_are_found_at_the_top_and_with_imports_inside_functions(tree):
    root = tree(
        {
            "one.py": "from . import two\n",
            "two.py": "from .three import name\n",
            "three.py": "try:\n    import shop.one\nexcept ImportError:\n    pass\n",
            "four.py": "def late():\n    from shop import five\n",
            "five.py": "from .four import late\n",
        }
    )
    assert cycles(root, inline=False) == [{"shop.one", "shop.two", "shop.three"}]
    assert cycles(root, inline=True) == [{"shop.one", "shop.two", "shop.three"}, {"shop.four", "shop.five"}]


def test_apps_in_a_cycle_are_found(tree):
    tree({"one.py": "import till.one\n", "two.py": ""})
    root = tree({"one.py": "", "two.py": "from shop.two import name\n"}, app="till")
    assert cycles(root, inline=False) == []
    assert cycles(root, inline=False, by_app=True) == [{"shop", "till"}]


def test_the_table_counts_what_stands_there(tree):
    body = 'def told() -> int:\n    """Whether."""\n    import os\n    # why\n    return 1\n\n\ndef find(): ...\n'
    root = tree({"one.py": body, "migrations/0001_initial.py": "x = 1\n"})
    (root / "templates").mkdir()
    (root / "templates/page.html").write_text(f"{'x' * 161}\nshort\n")
    measures = measure_checkout(root)
    assert measures["files · lines"] == "3 · 9"
    assert measures["function median · p90 · max"] == "3 · 5 · 5"
    assert measures["functions with a docstring"] == "50%"
    assert measures["functions that say what they return"] == "50%"
    assert measures["docstrings that are not imperative (D401)"] == "0"
    assert measures["comments a 100 lines"] == "11.1"
    assert measures["imports inside functions"] == "1"
    assert measures["migrations"] == "1"
    assert measures["template lines over 160"] == "50.0%"
    assert count_lines_per_app(root) == {"shop": "9"}


def test_calls_of_the_product_alone_are_counted(tree, monkeypatch):
    root = tree(
        {
            "one.py": "from .two import helper\ndef run():\n    return [helper() for _ in range(3)]\n",
            "two.py": "def helper(): return sorted([2, 1], key=lambda each: each)\n",
        },
        app="counted_shop",
    )
    monkeypatch.syspath_prepend(root)
    from counted_shop.one import run

    with CallCounter(root, ["counted_shop"]) as counter:
        run()
    assert (len(counter.modules), len(counter.functions), counter.calls, counter.switches) == (2, 2, 4, 1)


def test_a_form_is_read_as_a_browser_sends_it():
    page = """
    <form method="post"><input name="token" value="1"></form>
    <form method="post">
      <input name="title" value="Plan"><input type="checkbox" name="on" checked><input type="checkbox" name="off">
      <textarea name="text">\nA &amp; B</textarea><input type="submit" name="_save" value="Save">
      <select name="one"><option value="a">A<option value="b" selected>B</select>
      <select name="first"><option value="a">A</option><option value="b">B</option></select>
      <select name="many" multiple><option value="a" selected>A</option><option value="b" selected>B</option></select>
      <input name="gone" value="x" disabled>
    </form>
    """
    assert read_largest_form(page) == {
        "title": ["Plan"],
        "on": ["on"],
        "text": ["A & B"],
        "one": ["b"],
        "first": ["a"],
        "many": ["a", "b"],
    }


@pytest.mark.exhaustive
def test_the_walks_of_this_checkout_can_be_taken():
    done = subprocess.run(
        [sys.executable, "-m", "tools.measure", "walks"], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 11
