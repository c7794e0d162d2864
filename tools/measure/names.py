"""Count the names of the product: homonyms, and functions called by one word.

Counted are functions and classes at the top of a module; tests, tools and migrations stand aside. Homonyms are sought
among public names, one-word names among all functions, private ones without their underscore.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .sources import FUNCTIONS, Module

MAX_HOMONYMS = 0.05
MAX_ONE_WORD = 0.25

# Django finds these by their name, so that each app has to use the same: management commands, migrations, options.
# What stands in an apps.py is left out too: Django finds an app's configuration there, whatever it is called.
LOOKED_UP_BY_DJANGO = {"Command", "Migration", "Meta", "Media"}


@dataclass(frozen=True)
class NameCounts:
    """What was counted: public names with the modules that define them, and all functions with their words."""

    defined_in: dict[str, list[str]]  # public name: modules
    functions: list[str]  # every top-level function, once for each definition, without leading underscores

    @property
    def homonyms(self) -> dict[str, list[str]]:
        """Return the public names that two modules or more define, most modules first."""
        several = {name: modules for name, modules in self.defined_in.items() if len(modules) > 1}
        return dict(sorted(several.items(), key=lambda item: (-len(item[1]), item[0])))

    @property
    def in_three(self) -> int:
        return sum(len(modules) > 2 for modules in self.homonyms.values())

    @property
    def one_word(self) -> list[str]:
        return [name for name in self.functions if len(_words(name)) == 1]

    @property
    def homonym_share(self) -> float:
        return len(self.homonyms) / max(len(self.defined_in), 1)

    @property
    def one_word_share(self) -> float:
        return len(self.one_word) / max(len(self.functions), 1)

    @property
    def words_per_name(self) -> float:
        return sum(len(_words(name)) for name in self.functions) / max(len(self.functions), 1)


def count_names(modules: Iterable[Module]) -> NameCounts:
    defined_in, functions = defaultdict(list), []
    for module in modules:
        for node in module.tree.body:
            if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or _looked_up(module, node.name):
                continue
            if isinstance(node, FUNCTIONS):
                functions.append(node.name.strip("_"))
            if not node.name.startswith("_") and module.name not in defined_in[node.name]:
                defined_in[node.name].append(module.name)
    return NameCounts({name: found for name, found in defined_in.items() if found}, functions)


def describe_names(counts: NameCounts) -> str:
    """List the counts, each homonym with its modules, and the names of one word where they are too many."""
    names, homonyms = len(counts.defined_in), len(counts.homonyms)
    lines = [
        f"{names:,} public functions and classes at the top of a module",
        f"{homonyms} of them in 2 modules or more ({counts.homonym_share:.1%}), "
        f"{counts.in_three} in 3 or more ({counts.in_three / max(names, 1):.1%})",
        f"{len(counts.one_word):,} of {len(counts.functions):,} functions have a name of one word "
        f"({counts.one_word_share:.1%}); {counts.words_per_name:.2f} words a name",
    ]
    lines += [f"  {name}: {', '.join(modules)}" for name, modules in counts.homonyms.items()]
    if counts.one_word_share > MAX_ONE_WORD:
        lines.append(f"Of one word: {', '.join(sorted(set(counts.one_word)))}")
    return "\n".join(lines)


def find_excesses(counts: NameCounts) -> list[str]:
    """Return a sentence for each limit that is exceeded."""
    excesses = []
    if counts.homonym_share > MAX_HOMONYMS:
        excesses.append(
            f"{counts.homonym_share:.1%} of the public names are defined in two modules or more; "
            f"at most {MAX_HOMONYMS:.0%} may be. Rename one of each pair, so that a search finds one thing."
        )
    if counts.one_word_share > MAX_ONE_WORD:
        excesses.append(
            f"{counts.one_word_share:.1%} of the functions have a name of one word; at most {MAX_ONE_WORD:.0%} may. "
            "Say verb and noun: build_document, not built."
        )
    return excesses


def _looked_up(module: Module, name: str) -> bool:
    return name in LOOKED_UP_BY_DJANGO or module.name == f"{module.app}.apps"


def _words(name: str) -> list[str]:
    return [word for word in name.split("_") if word]
