"""What an editor is asked to publish, and what that would change."""

from dataclasses import dataclass
from itertools import chain

from django.utils.functional import cached_property

from record.documents.canonical_json import ReferenceKey, sha256_hex

from ...actions.publish import collect_warnings
from ...documents.changeset import Changeset, ChangesetEntry, build_changeset, find_along_drafts
from ...documents.drafts import Draft, DraftProblem, build_draft
from ..diff import labels, problem_links
from ..diff.diff_context import build_diff_context


@dataclass(frozen=True)
class PublishProposal:
    """The Draft of a root, the small roots published along with it, and what publishing them would append."""

    drafts: list[Draft]
    plan: Changeset

    @classmethod
    def from_root(cls, root) -> "PublishProposal":
        """Build the proposal of a working root."""
        drafts = [build_draft(root)]
        drafts += find_along_drafts(drafts)
        return cls(drafts, build_changeset(drafts))

    @property
    def root(self) -> ReferenceKey:
        """The key of the root itself."""
        return self.drafts[0].key

    @property
    def seen_digest(self) -> str:
        """Digest of what the page shows: it changes with the working copy or the record.

        It keeps anybody from publishing what they have not seen.
        """
        return sha256_hex(str([(draft.digest, sorted(draft.based_on.items())) for draft in self.drafts]))

    @cached_property
    def warnings(self) -> list[DraftProblem]:
        """Return the warnings of all Drafts, each once: they are published only if somebody says why."""
        return list(dict.fromkeys(chain.from_iterable(collect_warnings(self.drafts, self.plan).values())))

    def get_context(self) -> dict:
        """Return the context of the pages of publishing and review: changes, problems, warnings."""
        small = {draft.key for draft in self.drafts[1:]}
        own = [entry for entry in self.plan.entries if entry.root == self.root]
        along = [entry for entry in self.plan.entries if entry.root in small]
        following = [entry for entry in self.plan.entries if entry.root != self.root and entry.root not in small]
        documents = [document for draft in self.drafts for document in draft.documents]
        problems = [problem for draft in self.drafts for problem in draft.problems]
        return {
            "own": labels.summarize_entries(own),
            "along": labels.summarize_entries(along),
            **build_diff_context(*_split_before_and_after([*own, *along])),
            "following": labels.summarize_entries(following),
            "unnamed": labels.summarize_nonpublic(self.plan.unpublished_references),
            "blockers": problem_links.build_problem_links(problems, documents),
            "only_later": bool(problems) and all(problem.until for problem in problems),
            "warnings": problem_links.build_problem_links(self.warnings, documents),
            "seen": self.seen_digest,
        }


def _split_before_and_after(entries: list[ChangesetEntry]) -> tuple[list[dict], list[dict]]:
    """Return the documents of these entries before and after; tombstones have none."""
    readable = [entry for entry in entries if entry.live is not None and not entry.live.tombstone]
    return [entry.live.load_document() for entry in readable], [entry.document for entry in entries if entry.document]
