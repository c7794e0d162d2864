"""The schema of each section's rows. A key not named here is unknown: kept for the internal note, never refused."""

from . import mappings
from .schema_fields import (
    FieldSpec,
    boolean_field,
    choice_field,
    date_field,
    fiscal_year_field,
    fuzzy_date_field,
    identifier_field,
    money_field,
    number_field,
    qualifier_field,
    reference_field,
    row_list_field,
    text_field,
    text_list_field,
)

VERIFIED_FIELD = choice_field(mappings.VERIFIED)
MAX_TITLE_LENGTH = 300
MAX_PHRASE_LENGTH = 200

SOURCE_SCHEMA = {
    "id": identifier_field(),
    "tier": choice_field(mappings.TIER),
    "url": text_field(longest=2000),
    "publisher": text_field(longest=200),
    "title": text_field(longest=500, required=True),
    "date": fuzzy_date_field(),
    "access": choice_field(mappings.ACCESS, required=False),
    "lang": choice_field(mappings.LANGUAGE, required=False),
    "note": text_field(),
}
NAME_FIELDS = {
    "name_en": text_field(longest=MAX_TITLE_LENGTH),
    "name_zh_hant": text_field(longest=MAX_TITLE_LENGTH),
    "name_zh_hans": text_field(longest=MAX_TITLE_LENGTH),
}
TITLE_FIELDS = {
    "title_en": text_field(longest=MAX_TITLE_LENGTH),
    "title_zh_hant": text_field(longest=MAX_TITLE_LENGTH),
    "title_zh_hans": text_field(longest=MAX_TITLE_LENGTH),
}
CITED_FIELDS = {"verified": VERIFIED_FIELD, "sources": reference_field("sources", is_list=True), "note": text_field()}
ORGANISATION_SCHEMA = {
    "id": identifier_field(),
    **NAME_FIELDS,
    **CITED_FIELDS,
    "kind": text_field(longest=80),
    "parent": reference_field("organisations"),
    "former_name": text_field(longest=MAX_TITLE_LENGTH),
    "formed_from": text_list_field(),
    "established_on": fuzzy_date_field(),
    "abbreviation": text_field(longest=MAX_TITLE_LENGTH),
    "role": text_field(),
    "ultimate_parent_zh": text_field(longest=MAX_TITLE_LENGTH),
}
PERSON_SCHEMA = {
    "id": identifier_field(),
    **NAME_FIELDS,
    **CITED_FIELDS,
    "kind": text_field(longest=80, required=True),
    "role": text_field(longest=MAX_TITLE_LENGTH),
    "affiliation": reference_field("organisations"),
    "title": text_field(longest=40),
    "traceable": boolean_field(),
}
FIGURE_SCHEMA = {
    "measure": text_field(longest=MAX_TITLE_LENGTH, required=True),
    "fiscal_year": fiscal_year_field(),
    "vintage": choice_field(mappings.VINTAGE),
    "as_at": date_field(),
    "published_on": date_field(),
    "after_bonds": boolean_field(),
    "amount_hkd": money_field(negative=True),
    "amount_low_hkd": money_field(negative=True),
    "amount_high_hkd": money_field(negative=True),
    "value": number_field(),
    "unit": text_field(longest=60),
    "qualifier": qualifier_field(),
    **CITED_FIELDS,
}
BUDGET_SCHEMA = {
    "id": identifier_field(),
    **TITLE_FIELDS,
    **CITED_FIELDS,
    "kind": choice_field(mappings.ANNOUNCEMENT_KIND),
    "fiscal_year": fiscal_year_field(),
    "date_delivered": date_field(),
    "deliverer": reference_field("people"),
    "appropriation_passed_on": date_field(),
    "key_phrase": text_field(longest=MAX_PHRASE_LENGTH),
    "key_phrase_note": text_field(),
    "headline_figures": row_list_field(FIGURE_SCHEMA),
}
INITIATIVE_SCHEMA = {
    "slug": identifier_field(),
    **TITLE_FIELDS,
    **CITED_FIELDS,
    "also_known_as": text_list_field(),
    "summary": text_field(),
    "lead": reference_field("organisations"),
    "announced_on": fuzzy_date_field(),
    "announced_precision_note": text_field(longest=MAX_PHRASE_LENGTH),
    "announced_in": reference_field("budgets"),
    "stage": choice_field(mappings.STAGE),
    "area": FieldSpec(identifier_field().check),
    "predecessors": reference_field("initiatives", is_list=True),
    "comparables": reference_field("initiatives", is_list=True),
}
ALLOCATION_SCHEMA = {
    "id": identifier_field(),
    **CITED_FIELDS,
    "budget": reference_field("budgets"),
    "initiative": reference_field("initiatives", required=True),
    "amount_hkd": money_field(),
    "amount_usd_reported": money_field(),
    "qualifier": qualifier_field(),
    "decision": choice_field(mappings.DECISION),
    "date": fuzzy_date_field(),
    "date_precision": choice_field(mappings.PRECISION, required=False),
    "purpose": text_field(longest=MAX_TITLE_LENGTH),
    "part_of": reference_field("allocations"),
}
HISTORY_SCHEMA = {
    "stated_on": fuzzy_date_field(),
    "due": date_field(),
    "precision": choice_field(mappings.PRECISION, required=False),
    "text": text_field(longest=MAX_PHRASE_LENGTH),
    "source": reference_field("sources"),
    "note": text_field(),
}
MILESTONE_SCHEMA = {
    "id": identifier_field(),
    **CITED_FIELDS,
    "initiative": reference_field("initiatives", required=True),
    "title": text_field(longest=MAX_TITLE_LENGTH, required=True),
    "due": date_field(),
    "due_precision": choice_field(mappings.PRECISION, required=False),
    "due_text": text_field(longest=MAX_PHRASE_LENGTH),
    "due_derived": boolean_field(),
    "status": choice_field(mappings.STATUS),
    "completed": date_field(),
    "completed_precision": choice_field(mappings.PRECISION, required=False),
    "completed_text": text_field(longest=MAX_PHRASE_LENGTH),
    "completed_late": boolean_field(),
    "history": row_list_field(HISTORY_SCHEMA),
}
BASELINE_SCHEMA = {
    "value": number_field(),
    "date": fuzzy_date_field(),
    "text": text_field(longest=MAX_TITLE_LENGTH),
    "source": reference_field("sources"),
}
TARGET_SCHEMA = {
    "value": number_field(),
    "text": text_field(longest=MAX_TITLE_LENGTH),
    "due": date_field(),
    "set_by": text_field(longest=200),
    "set_on": fuzzy_date_field(),
    "verified": VERIFIED_FIELD,
    "source": reference_field("sources"),
    "note": text_field(),
}
OBSERVATION_SCHEMA = {
    "date": fuzzy_date_field(),
    "value": number_field(),
    "qualifier": qualifier_field(),
    "series_break": boolean_field(),
    "verified": VERIFIED_FIELD,
    "source": reference_field("sources"),
    "note": text_field(),
}
OUTCOME_SCHEMA = {
    "id": identifier_field(),
    "initiative": reference_field("initiatives", required=True),
    "indicator": text_field(longest=MAX_TITLE_LENGTH, required=True),
    "unit": text_field(longest=60),
    "lower_is_better": boolean_field(),
    "baseline": FieldSpec(schema=BASELINE_SCHEMA),
    "targets": row_list_field(TARGET_SCHEMA),
    "observations": row_list_field(OBSERVATION_SCHEMA),
    "note": text_field(),
}
COMMENTARY_SCHEMA = {
    "id": identifier_field(),
    "expert": reference_field("people", required=True),
    "initiative": reference_field("initiatives"),
    "budget": reference_field("budgets"),
    "date": fuzzy_date_field(),
    "stance": choice_field(mappings.STANCE),
    "theme": choice_field(mappings.THEME, required=False),
    "tags": text_list_field(),
    "quote": text_field(longest=MAX_PHRASE_LENGTH),
    "paraphrase": text_field(),
    "verified": VERIFIED_FIELD,
    "source": reference_field("sources"),
    "note": text_field(),
}
CONTEXT_FACT_SCHEMA = {
    "id": identifier_field(),
    "text": text_field(required=True),
    "about": reference_field("initiatives", "budgets"),
    **CITED_FIELDS,
}

SECTION_SCHEMAS = {
    "sources": SOURCE_SCHEMA,
    "organisations": ORGANISATION_SCHEMA,
    "people": PERSON_SCHEMA,
    "budgets": BUDGET_SCHEMA,
    "initiatives": INITIATIVE_SCHEMA,
    "allocations": ALLOCATION_SCHEMA,
    "milestones": MILESTONE_SCHEMA,
    "outcomes": OUTCOME_SCHEMA,
    "commentary": COMMENTARY_SCHEMA,
    "context_facts": CONTEXT_FACT_SCHEMA,
}
ID_KEYS = {section: "slug" if section == "initiatives" else "id" for section in SECTION_SCHEMAS}


def find_unknown_keys(shape, row, path=""):
    """Return the keys of a row, and of the rows in it, that its schema does not name: {"history[0].mood": value}."""
    found = {}
    for key, value in row.items():
        here = f"{path}{key}"
        if key not in shape:
            found[here] = value
        elif (inner := shape[key].schema) and isinstance(value, dict):
            found |= find_unknown_keys(inner, value, f"{here}.")
        elif inner and isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, dict):
                    found |= find_unknown_keys(inner, each, f"{here}[{at}].")
    return found
