"""Initiatives and other roots as JSON-LD (schema.org). Pure: texts and references are localised later."""

from readers.presenters.jsonld import build_reference_node, get_exact_day, parse_web_url

GOVERNMENT_KINDS = (
    "bureau",
    "department",
    "office",
    "legislature",
)  # kinds of organisations that are part of the government


def build_initiative_jsonld(document: dict) -> dict:
    """Build a Project, "an enterprise planned to achieve an aim": schema.org has no type for a promise.

    It gives no dates: those of schema.org cannot be as vague as a promise's.
    """
    bodies = [document["lead"], *document["partners"]]
    return {
        "@type": "Project",
        "name": document["title"],
        "alternateName": document["aliases"],
        "description": document["summary"],
        "member": [build_reference_node(each, "Organization") for each in bodies],
    }


def build_announcement_jsonld(document: dict) -> dict:
    speech = document["speech"] or {}
    return {
        "@type": "CreativeWork",
        "name": document["title"],
        "abstract": document["summary"],
        "datePublished": document["delivered_on"],
        "creator": build_reference_node(document["delivered_by"], "Person"),
        "sameAs": parse_web_url(speech.get("url")),
    }


def build_organisation_jsonld(document: dict) -> dict:
    return {
        "@type": "GovernmentOrganization" if document["kind"].lower() in GOVERNMENT_KINDS else "Organization",
        "name": document["name"],
        "alternateName": [*document["aliases"], *document["former_names"]],
        "description": document["summary"],
        "foundingDate": get_exact_day(document["founded"]),
        "parentOrganization": build_reference_node(document["parent"], "Organization"),
    }


def build_person_jsonld(document: dict) -> dict:
    """Build a Person. Posts are affiliations: the page may not know whether one is still held."""
    return {
        "@type": "Person",
        "name": document["name"],
        "honorificPrefix": document["honorific"],
        "alternateName": document["aliases"],
        "description": document["summary"],
        "affiliation": build_affiliations(document["posts"]),
    }


def build_affiliations(posts: list[dict]) -> list[dict]:
    """Return each organisation of these posts once."""
    bodies = {each["organisation"]["content_id"]: each["organisation"] for each in posts if each["organisation"]}
    return [build_reference_node(each, "Organization") for each in bodies.values()]


def build_area_jsonld(document: dict) -> dict:
    return {"@type": "DefinedTerm", "name": document["title"]}


def build_context_jsonld(document: dict) -> dict:
    about = build_reference_node(document["initiative"], "Project") or build_reference_node(
        document["announcement"], "CreativeWork"
    )
    return {"@type": "Statement", "text": document["body"], "about": about}
