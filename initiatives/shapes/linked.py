"""What was promised, in the words of schema.org. Pure; texts and references are put into a language later."""

from publishing.shapes.linked import day_of, named, web_address

GOVERNMENT = ("bureau", "department", "office", "legislature")  # kinds of organisation that are the state itself


def initiative(document: dict) -> dict:
    """An enterprise planned to achieve an aim: schema.org has none for a promise, and no dates as vague as one."""
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
    """Posts are affiliations: whether one is still held, a page may not know."""
    return {
        "@type": "Person",
        "name": document["name"],
        "honorificPrefix": document["honorific"],
        "alternateName": document["aliases"],
        "description": document["summary"],
        "affiliation": affiliations(document["posts"]),
    }


def affiliations(posts: list[dict]) -> list[dict]:
    """Each organisation once."""
    bodies = {each["organisation"]["content_id"]: each["organisation"] for each in posts if each["organisation"]}
    return [named(each, "Organization") for each in bodies.values()]


def area(document: dict) -> dict:
    return {"@type": "DefinedTerm", "name": document["title"]}


def context(document: dict) -> dict:
    about = named(document["initiative"], "Project") or named(document["announcement"], "CreativeWork")
    return {"@type": "Statement", "text": document["body"], "about": about}
