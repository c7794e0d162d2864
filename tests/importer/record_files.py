"""A small record that is good in every section, and a way to save one as a file."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import yaml

GOOD = {
    "sources": [
        {
            "id": "s-1",
            "tier": 1,
            "url": "https://example.org/1",
            "title": "Speech",
            "date": date(2025, 2, 26),
            "lang": "en",
        }
    ],
    "organisations": [{"id": "itib", "name_en": "Bureau", "kind": "bureau", "verified": "seen", "sources": ["s-1"]}],
    "people": [{"id": "paul", "name_en": "Paul", "kind": "official", "verified": "seen", "sources": ["s-1"]}],
    "budgets": [
        {
            "id": "b2025-26",
            "kind": "budget",
            "fiscal_year": "2025-26",
            "date_delivered": date(2025, 2, 26),
            "verified": "seen",
            "sources": ["s-1"],
            "headline_figures": [
                {"measure": "balance", "vintage": "ytd", "amount_hkd": -5, "verified": "seen", "sources": ["s-1"]}
            ],
        }
    ],
    "initiatives": [
        {
            "slug": "institute",
            "title_en": "Institute",
            "lead": "itib",
            "stage": "setting_up",
            "area": "ai",
            "verified": "seen",
            "sources": ["s-1"],
        }
    ],
    "allocations": [
        {
            "id": "al-1",
            "initiative": "institute",
            "amount_hkd": 5,
            "decision": "bid",
            "purpose": "Site",
            "verified": "seen",
            "sources": ["s-1"],
        }
    ],
    "milestones": [
        {
            "id": "ms-1",
            "initiative": "institute",
            "title": "Opens",
            "due": date(2026, 12, 31),
            "due_precision": "half",
            "status": "pending",
            "verified": "seen",
            "sources": ["s-1"],
            "history": [
                {"stated_on": 2025, "due": date(2026, 12, 31), "precision": "half", "text": "soon", "source": "s-1"}
            ],
        }
    ],
    "outcomes": [
        {
            "id": "oc-1",
            "initiative": "institute",
            "indicator": "Users",
            "targets": [{"value": 5, "verified": "seen", "source": "s-1"}],
            "observations": [{"date": 2025, "value": 1.5, "verified": "seen", "source": "s-1"}],
        }
    ],
    "commentary": [
        {
            "id": "cm-1",
            "expert": "paul",
            "stance": "mixed",
            "theme": "both",
            "paraphrase": "Yes and no",
            "verified": "seen",
            "source": "s-1",
        }
    ],
    "context_facts": [{"id": "cx-1", "text": "A fact", "verified": "seen", "sources": ["s-1"]}],
}


def record(**changes) -> dict:
    """Copy the good record; a section given replaces that of the same name, None takes it away."""
    content = deepcopy(GOOD) | changes
    return {section: rows for section, rows in content.items() if rows is not None}


def changed(section, at=0, content=None, **values) -> dict:
    """Return the record with some values of one row changed."""
    content = deepcopy(content or GOOD)
    content[section][at] |= values
    return content


def saved(folder: Path, content: dict, name="record.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
