"""Documents of organisations, people and policy areas."""

from newsroom.documents.registry import make_reference

from ..models import Organisation, Person, PolicyArea
from .parts import build_citations, split_lines, visible_rows


def build_area_document(row: PolicyArea) -> dict:
    return {"slug": row.slug, "title": row.text("title")}


def build_organisation_document(row: Organisation) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "aliases": split_lines(row.aliases),
        "former_names": split_lines(row.former_names),
        "summary": row.text("summary"),
        "kind": row.kind,
        "parent": make_reference(row.parent),
        "founded": row.founded.to_document(),
        "citations": build_citations(row),
    }


def build_person_document(row: Person) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "honorific": row.honorific,
        "aliases": split_lines(row.aliases),
        "summary": row.text("summary"),
        "kind": row.kind,
        "posts": [
            {
                "content_id": str(post.content_id),
                "title": post.text("title"),
                "organisation": make_reference(post.organisation, relation="post"),
                "began": post.began.to_document(),
                "ended": post.ended.to_document(),
            }
            for post in visible_rows(row, "posts")
        ],
        "citations": build_citations(row),
    }
