"""What an editor is asked to publish, and what that would change."""

from dataclasses import dataclass
from itertools import chain

from .. import rules
from ..actions import warnings_of
from ..documents import Draft, Entry, Plan, along, draft_of, plan
from . import mending, summaries
from .comparing import compared


@dataclass(frozen=True)
class Proposal:
    """The Draft of a root, the small roots published along with it, and what publishing them would append."""

    drafts: list[Draft]
    plan: Plan

    @classmethod
    def of(cls, root) -> "Proposal":
        """Build the proposal of a working root."""
        drafts = [draft_of(root)]
        drafts += along(drafts)
        return cls(drafts, plan(drafts))

    @property
    def root(self) -> rules.Key:
        """The key of the root itself."""
        return self.drafts[0].key

    @property
    def seen(self) -> str:
        """Digest of what the page shows: it changes with the working copy or the record.

        It keeps anybody from publishing what they have not seen.
        """
        return rules.sha256(str([(draft.digest, sorted(draft.based_on.items())) for draft in self.drafts]))

    def context(self) -> dict:
        """Return the context of the pages of publishing and review: changes, problems, warnings."""
        small = {draft.key for draft in self.drafts[1:]}
        own = [entry for entry in self.plan.entries if entry.root == self.root]
        along = [entry for entry in self.plan.entries if entry.root in small]
        following = [entry for entry in self.plan.entries if entry.root != self.root and entry.root not in small]
        documents = [document for draft in self.drafts for document in draft.documents]
        problems = [problem for draft in self.drafts for problem in draft.problems]
        warnings = dict.fromkeys(chain.from_iterable(warnings_of(self.drafts, self.plan).values()))
        return {
            "own": summaries.lines(own),
            "along": summaries.lines(along),
            **compared(*_sides([*own, *along])),
            "following": summaries.lines(following),
            "unnamed": summaries.named(self.plan.unnamed),
            "blockers": mending.blockers(problems, documents),
            "only_later": bool(problems) and all(problem.until for problem in problems),
            "warnings": mending.blockers(warnings, documents),
            "seen": self.seen,
        }


def _sides(entries: list[Entry]) -> tuple[list[dict], list[dict]]:
    """Return the documents of these entries before and after; tombstones have none."""
    readable = [entry for entry in entries if entry.live is not None and not entry.live.tombstone]
    return [entry.live.current() for entry in readable], [entry.document for entry in entries if entry.document]
