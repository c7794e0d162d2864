"""Who says what, in the words of schema.org. Pure; texts and references are put into a language later."""

from initiatives.shapes.linked import affiliations
from publishing.shapes.linked import TAGS, day_of, named


def expert(document: dict) -> dict | None:
    """None where it is not recorded whether it is a person or an organisation."""
    if not (document["person"] or document["organisation"]):
        return None
    known = {"name": document["name"], "description": document["field"]}
    if not document["person"]:
        return {"@type": "Organization"} | known
    return {"@type": "Person"} | known | {"affiliation": affiliations(document["affiliations"])}


def commentary(document: dict) -> dict:
    """Somebody's words where they are quoted, else a work we tell of in ours."""
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
