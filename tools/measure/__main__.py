"""Run one of: names (fails when they are too alike or too short), tables, walks."""

import argparse
import sys
from pathlib import Path

from .names import count_names, describe_names, find_excesses
from .sources import find_apps, read_modules
from .tables import describe_checkouts
from .walks import describe_walks

HERE = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    given = build_parser().parse_args(arguments)
    roots = [root.resolve() for root in given.root or [HERE]]
    if given.what == "names":
        return check_names(roots[0], quiet=given.quiet)
    print(describe_checkouts(roots) if given.what == "tables" else describe_walks(roots[0]))
    return 0


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.measure", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    names = commands.add_parser("names", help="homonyms and names of one word; exits 1 when there are too many")
    names.add_argument("--quiet", action="store_true", help="say only what is wrong")
    tables = commands.add_parser("tables", help="sizes, docstrings, cycles, names; one column for each --root")
    walks = commands.add_parser("walks", help="modules, functions, calls and switches of what the site does")
    for command, action in ((names, "store"), (tables, "append"), (walks, "store")):
        read = Path if action == "append" else lambda text: [Path(text)]
        command.add_argument("--root", metavar="PATH", type=read, action=action, help="another checkout")
    return parser


def check_names(root: Path, *, quiet: bool = False) -> int:
    counts = count_names(read_modules(root, find_apps(root)))
    excesses = find_excesses(counts)
    if excesses or not quiet:
        print(describe_names(counts), flush=True)
    for sentence in excesses:
        print(sentence, file=sys.stderr)
    return 1 if excesses else 0


if __name__ == "__main__":
    sys.exit(main())
