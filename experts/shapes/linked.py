"""Experts and commentary as JSON-LD (schema.org). Pure: texts and references are localised later."""

from initiatives.shapes.linked import affiliations
from publishing.shapes.linked import TAGS, day_of, named


def expert(document: dict) -> dict | None:
    """Build the JSON-LD of an expert. Return None if neither a person nor an organisation is named."""
    if not (document["person"] or document["organisation"]):
        return None
    known = {"name": document["name"], "description": document["field"]}
    if not document["person"]:
        return {"@type": "Organization"} | known
    return {"@type": "Person"} | known | {"affiliation": affiliations(document["affiliations"])}


def commentary(document: dict) -> dict:
    """Build the JSON-LD of commentary: a Quotation if it quotes somebody's words, else a CreativeWork in our words."""
    said = {"@type": "CreativeWork"}
    if document["quote"]:
        language = TAGS.get(document["quote_language"])
        said = {"@type": "Quotation", "text": document["quote"], "inLanguage": language}
    about = [named(each, "Project") for each in document["initiatives"]]
    return said | {
        "name": document["title"],
        "abstract": document["summary"],
        "creator": named(document["expert"]),
        "dateCreated": day_of(document["dated"]),
        "about": [*about, *(named(each, "CreativeWork") for each in document["announcements"])],
    }
