"""The schema of each section's rows. A key not named here is unknown: kept for the internal note, never refused."""

from . import vocabulary
from .fields import (
    Field,
    day,
    fiscal_year,
    identifier,
    money,
    number,
    qualifier,
    ref,
    rows,
    text,
    texts,
    vague_day,
    word,
    yes_no,
)

VERIFIED = word(vocabulary.VERIFIED)
TITLE = 300
PHRASE = 200

SOURCE = {
    "id": identifier(),
    "tier": word(vocabulary.TIER),
    "url": text(longest=2000),
    "publisher": text(longest=200),
    "title": text(longest=500, required=True),
    "date": vague_day(),
    "access": word(vocabulary.ACCESS, required=False),
    "lang": word(vocabulary.LANGUAGE, required=False),
    "note": text(),
}
NAMES = {"name_en": text(longest=TITLE), "name_zh_hant": text(longest=TITLE), "name_zh_hans": text(longest=TITLE)}
TITLES = {"title_en": text(longest=TITLE), "title_zh_hant": text(longest=TITLE), "title_zh_hans": text(longest=TITLE)}
CITED = {"verified": VERIFIED, "sources": ref("sources", several=True), "note": text()}
ORGANISATION = {
    "id": identifier(),
    **NAMES,
    **CITED,
    "kind": text(longest=80),
    "parent": ref("organisations"),
    "former_name": text(longest=TITLE),
    "formed_from": texts(),
    "established_on": vague_day(),
    "abbreviation": text(longest=TITLE),
    "role": text(),
    "ultimate_parent_zh": text(longest=TITLE),
}
PERSON = {
    "id": identifier(),
    **NAMES,
    **CITED,
    "kind": text(longest=80, required=True),
    "role": text(longest=TITLE),
    "affiliation": ref("organisations"),
    "title": text(longest=40),
    "traceable": yes_no(),
}
FIGURE = {
    "measure": text(longest=TITLE, required=True),
    "fiscal_year": fiscal_year(),
    "vintage": word(vocabulary.VINTAGE),
    "as_at": day(),
    "published_on": day(),
    "after_bonds": yes_no(),
    "amount_hkd": money(negative=True),
    "amount_low_hkd": money(negative=True),
    "amount_high_hkd": money(negative=True),
    "value": number(),
    "unit": text(longest=60),
    "qualifier": qualifier(),
    **CITED,
}
BUDGET = {
    "id": identifier(),
    **TITLES,
    **CITED,
    "kind": word(vocabulary.ANNOUNCEMENT_KIND),
    "fiscal_year": fiscal_year(),
    "date_delivered": day(),
    "deliverer": ref("people"),
    "appropriation_passed_on": day(),
    "key_phrase": text(longest=PHRASE),
    "key_phrase_note": text(),
    "headline_figures": rows(FIGURE),
}
INITIATIVE = {
    "slug": identifier(),
    **TITLES,
    **CITED,
    "also_known_as": texts(),
    "summary": text(),
    "lead": ref("organisations"),
    "announced_on": vague_day(),
    "announced_precision_note": text(longest=PHRASE),
    "announced_in": ref("budgets"),
    "stage": word(vocabulary.STAGE),
    "area": Field(identifier().check),
    "predecessors": ref("initiatives", several=True),
    "comparables": ref("initiatives", several=True),
}
ALLOCATION = {
    "id": identifier(),
    **CITED,
    "budget": ref("budgets"),
    "initiative": ref("initiatives", required=True),
    "amount_hkd": money(),
    "amount_usd_reported": money(),
    "qualifier": qualifier(),
    "decision": word(vocabulary.DECISION),
    "date": vague_day(),
    "date_precision": word(vocabulary.PRECISION, required=False),
    "purpose": text(longest=TITLE),
    "part_of": ref("allocations"),
}
HISTORY = {
    "stated_on": vague_day(),
    "due": day(),
    "precision": word(vocabulary.PRECISION, required=False),
    "text": text(longest=PHRASE),
    "source": ref("sources"),
    "note": text(),
}
MILESTONE = {
    "id": identifier(),
    **CITED,
    "initiative": ref("initiatives", required=True),
    "title": text(longest=TITLE, required=True),
    "due": day(),
    "due_precision": word(vocabulary.PRECISION, required=False),
    "due_text": text(longest=PHRASE),
    "due_derived": yes_no(),
    "status": word(vocabulary.STATUS),
    "completed": day(),
    "completed_precision": word(vocabulary.PRECISION, required=False),
    "completed_text": text(longest=PHRASE),
    "completed_late": yes_no(),
    "history": rows(HISTORY),
}
BASELINE = {"value": number(), "date": vague_day(), "text": text(longest=TITLE), "source": ref("sources")}
TARGET = {
    "value": number(),
    "text": text(longest=TITLE),
    "due": day(),
    "set_by": text(longest=200),
    "set_on": vague_day(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
OBSERVATION = {
    "date": vague_day(),
    "value": number(),
    "qualifier": qualifier(),
    "series_break": yes_no(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
OUTCOME = {
    "id": identifier(),
    "initiative": ref("initiatives", required=True),
    "indicator": text(longest=TITLE, required=True),
    "unit": text(longest=60),
    "lower_is_better": yes_no(),
    "baseline": Field(rows=BASELINE),
    "targets": rows(TARGET),
    "observations": rows(OBSERVATION),
    "note": text(),
}
COMMENTARY = {
    "id": identifier(),
    "expert": ref("people", required=True),
    "initiative": ref("initiatives"),
    "budget": ref("budgets"),
    "date": vague_day(),
    "stance": word(vocabulary.STANCE),
    "theme": word(vocabulary.THEME, required=False),
    "tags": texts(),
    "quote": text(longest=PHRASE),
    "paraphrase": text(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
CONTEXT_FACT = {"id": identifier(), "text": text(required=True), "about": ref("initiatives", "budgets"), **CITED}

SHAPES = {
    "sources": SOURCE,
    "organisations": ORGANISATION,
    "people": PERSON,
    "budgets": BUDGET,
    "initiatives": INITIATIVE,
    "allocations": ALLOCATION,
    "milestones": MILESTONE,
    "outcomes": OUTCOME,
    "commentary": COMMENTARY,
    "context_facts": CONTEXT_FACT,
}
ID_KEYS = {section: "slug" if section == "initiatives" else "id" for section in SHAPES}


def unknown_keys(shape, row, path=""):
    """Return the keys of a row, and of the rows in it, that its schema does not name: {"history[0].mood": value}."""
    found = {}
    for key, value in row.items():
        here = f"{path}{key}"
        if key not in shape:
            found[here] = value
        elif (inner := shape[key].rows) and isinstance(value, dict):
            found |= unknown_keys(inner, value, f"{here}.")
        elif inner and isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, dict):
                    found |= unknown_keys(inner, each, f"{here}[{at}].")
    return found
