"""What tests of the front page share: its lists as they are told, and what puts a record on them."""

from datetime import timedelta

from django.utils import timezone

from newsroom.actions.review import approve, request_review
from newsroom.actions.schedule import schedule_publication
from newsroom.documents.drafts import build_draft

INDEX = "/admin/"


def lists(client) -> dict:
    """{name: what is in it, told}."""
    context = client.get(INDEX).context
    return {each.worklist.name: each for each in [*context["yours"], *context["records"]]}


def titles(client, name) -> list[str]:
    return [row.title for row in lists(client)[name].rows]


def approved(root, *, by, of):
    request_review(root=root, by=by)
    approve(root=root, by=of, seen=build_draft(root).digest)
    return root


def soon(root, by):
    return schedule_publication(
        drafts=[build_draft(root)], at=timezone.now() + timedelta(hours=1), by=by, overruled="a test"
    )
