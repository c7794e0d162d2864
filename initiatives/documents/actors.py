"""Documents of organisations, people and policy areas."""

from publishing.documents import Builder, bare, register

from ..models import Organisation, Person, PolicyArea
from .parts import citations, lines, shown


def area(row: PolicyArea) -> dict:
    return {"slug": row.slug, "title": row.text("title")}


def organisation(row: Organisation) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "aliases": lines(row.aliases),
        "former_names": lines(row.former_names),
        "summary": row.text("summary"),
        "kind": row.kind,
        "parent": bare(row.parent),
        "founded": row.founded.as_document(),
        "citations": citations(row),
    }


def person(row: Person) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "honorific": row.honorific,
        "aliases": lines(row.aliases),
        "summary": row.text("summary"),
        "kind": row.kind,
        "posts": [
            {
                "content_id": str(post.content_id),
                "title": post.text("title"),
                "organisation": bare(post.organisation, relation="post"),
                "began": post.began.as_document(),
                "ended": post.ended.as_document(),
            }
            for post in shown(row, "posts")
        ],
        "citations": citations(row),
    }


register("area", Builder(PolicyArea, area, cited=False, along=True))
register("organisation", Builder(Organisation, organisation, prefetch=("parent",), along=True))
register(
    "person",
    Builder(
        Person,
        person,
        parts={"posts": ("organisation",)},
        along=True,
        ordered=(("posts.began", "posts.ended"),),
        wanted=lambda document: ("posts", "citations"),
    ),
)
