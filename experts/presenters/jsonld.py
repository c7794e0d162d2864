"""Experts and commentary as JSON-LD (schema.org). Pure: texts and references are localised later."""

from initiatives.presenters.jsonld import build_affiliations
from readers.presenters.jsonld import LANGUAGE_TAGS, build_reference_node, get_exact_day


def build_expert_jsonld(document: dict) -> dict | None:
    """Build the JSON-LD of an expert. Return None if neither a person nor an organisation is named."""
    if not (document["person"] or document["organisation"]):
        return None
    known = {"name": document["name"], "description": document["field"]}
    if not document["person"]:
        return {"@type": "Organization"} | known
    return {"@type": "Person"} | known | {"affiliation": build_affiliations(document["affiliations"])}


def build_commentary_jsonld(document: dict) -> dict:
    """Build the JSON-LD of commentary: a Quotation if it quotes somebody's words, else a CreativeWork in our words."""
    said = {"@type": "CreativeWork"}
    if document["quote"]:
        language = LANGUAGE_TAGS.get(document["quote_language"])
        said = {"@type": "Quotation", "text": document["quote"], "inLanguage": language}
    about = [build_reference_node(each, "Project") for each in document["initiatives"]]
    return said | {
        "name": document["title"],
        "abstract": document["summary"],
        "creator": build_reference_node(document["expert"]),
        "dateCreated": get_exact_day(document["dated"]),
        "about": [*about, *(build_reference_node(each, "CreativeWork") for each in document["announcements"])],
    }
