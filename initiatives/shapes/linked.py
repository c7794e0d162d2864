"""Initiatives and other roots as JSON-LD (schema.org). Pure: texts and references are localised later."""

from publishing.shapes.linked import day_of, named, web_address

GOVERNMENT = ("bureau", "department", "office", "legislature")  # kinds of organisations that are part of the government


def initiative(document: dict) -> dict:
    """Build a Project, "an enterprise planned to achieve an aim": schema.org has no type for a promise.

    It gives no dates: those of schema.org cannot be as vague as a promise's.
    """
    bodies = [document["lead"], *document["partners"]]
    return {
        "@type": "Project",
        "name": document["title"],
        "alternateName": document["aliases"],
        "description": document["summary"],
        "member": [named(each, "Organization") for each in bodies],
    }


def announcement(document: dict) -> dict:
    speech = document["speech"] or {}
    return {
        "@type": "CreativeWork",
        "name": document["title"],
        "abstract": document["summary"],
        "datePublished": document["delivered_on"],
        "creator": named(document["delivered_by"], "Person"),
        "sameAs": web_address(speech.get("url")),
    }


def organisation(document: dict) -> dict:
    return {
        "@type": "GovernmentOrganization" if document["kind"].lower() in GOVERNMENT else "Organization",
        "name": document["name"],
        "alternateName": [*document["aliases"], *document["former_names"]],
        "description": document["summary"],
        "foundingDate": day_of(document["founded"]),
        "parentOrganization": named(document["parent"], "Organization"),
    }


def person(document: dict) -> dict:
    """Build a Person. Posts are affiliations: the page may not know whether one is still held."""
    return {
        "@type": "Person",
        "name": document["name"],
        "honorificPrefix": document["honorific"],
        "alternateName": document["aliases"],
        "description": document["summary"],
        "affiliation": affiliations(document["posts"]),
    }


def affiliations(posts: list[dict]) -> list[dict]:
    """Return each organisation of these posts once."""
    bodies = {each["organisation"]["content_id"]: each["organisation"] for each in posts if each["organisation"]}
    return [named(each, "Organization") for each in bodies.values()]


def area(document: dict) -> dict:
    return {"@type": "DefinedTerm", "name": document["title"]}


def context(document: dict) -> dict:
    about = named(document["initiative"], "Project") or named(document["announcement"], "CreativeWork")
    return {"@type": "Statement", "text": document["body"], "about": about}
