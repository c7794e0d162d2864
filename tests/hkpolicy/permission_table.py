"""Who may what in the admin, as one table. Each role may what the ones before it may; a new address needs a row here.

`read` and `write` name the first role for which a GET shows the page and a POST changes something; NOBODY: for none.
"""

from dataclasses import dataclass

import pytest
from django.contrib import admin
from django.urls import URLResolver, get_resolver

# outsider: has the rights of an administrator, and may not enter the admin; stranger: may enter it, and has no role.
ROLES = ("anonymous", "outsider", "stranger", "author", "reviewer", "publisher", "administrator")
EVERYBODY, STAFF, NOBODY = "anonymous", "stranger", ""

ROOTS = (
    "newsroom_page initiatives_policyarea initiatives_organisation initiatives_person initiatives_announcement"
    " initiatives_initiative initiatives_context experts_commentary experts_expert"
)
CHILDREN = (
    "initiatives_milestone initiatives_outcome initiatives_funding initiatives_verdict initiatives_figure"
    " experts_forecast"
)
PARTS = f"{CHILDREN} initiatives_statement initiatives_evidence initiatives_target initiatives_observation"
WORKING = f"{ROOTS} {PARTS} initiatives_source"
MERGED = "initiatives_organisation initiatives_person initiatives_source"
RULES = "notifications_reminderrule"
LEDGERS = "record_publication newsroom_workingchange newsroom_schedule notifications_reminder notifications_notice"
PEOPLE = "auth_user auth_group"


@dataclass(frozen=True)
class May:
    """shown: the status of a GET by who may; hidden: of what is refused to others who may enter the admin."""

    read: str
    write: str
    shown: int = 200
    hidden: int = 403


def pages(names: str, **rows: May) -> dict[str, May]:
    return {f"{name}_{page}": may for name in names.split() for page, may in rows.items()}


ADDRESSES = {
    "index": May(STAFF, NOBODY),
    "need": May("author", NOBODY, hidden=404),
    "language": May(NOBODY, STAFF),
    "kept": May(NOBODY, NOBODY),
    "login": May(EVERYBODY, NOBODY),
    "logout": May(NOBODY, NOBODY),
    "password_change": May(STAFF, STAFF),
    "password_change_done": May(STAFF, NOBODY),
    "admin_password_reset": May(EVERYBODY, NOBODY),
    "password_reset_done": May(EVERYBODY, NOBODY),
    "password_reset_confirm": May(EVERYBODY, NOBODY),
    "password_reset_complete": May(EVERYBODY, NOBODY),
    "autocomplete": May("author", NOBODY),
    "jsi18n": May(STAFF, NOBODY),
    "view_on_site": May(STAFF, NOBODY, shown=404),  # no model says where readers see it
    "app_list": May("author", NOBODY, hidden=404),
    "anything_else": May(STAFF, NOBODY, shown=404),
    **pages(f"{WORKING} {LEDGERS} {RULES} {PEOPLE}", old_change=May(EVERYBODY, NOBODY, shown=302)),
    **pages(WORKING, changelist=May("author", NOBODY), history=May("author", NOBODY)),
    **pages(WORKING, add=May("author", "author"), change=May("author", "author")),
    **pages(PARTS, delete=May("author", "author")),
    **pages(f"{ROOTS} initiatives_source", delete=May("administrator", "administrator")),
    **pages(ROOTS, compare=May("author", NOBODY), editions=May("author", NOBODY), preview=May("author", NOBODY)),
    **pages(ROOTS, review=May("author", "author"), restore=May("author", "author"), previews=May("author", "author")),
    **pages(f"{ROOTS} {CHILDREN}", confirm=May(NOBODY, "author")),
    **pages(ROOTS, publish=May("publisher", "publisher"), withdraw=May("publisher", "publisher")),
    **pages(ROOTS, unschedule=May(NOBODY, "publisher")),
    **pages(ROOTS, redact=May("administrator", "administrator"), redaction=May("administrator", "administrator")),
    **pages(MERGED, merge=May("administrator", "administrator")),  # one that was public: publishers too
    "initiatives_initiative_attest": May(NOBODY, "reviewer"),
    **pages("initiatives_milestone initiatives_verdict", check=May(NOBODY, "reviewer")),
    "record_publication_publish_many": May("publisher", "publisher"),
    "newsroom_schedule_note": May(NOBODY, "publisher"),  # and who had scheduled it
    "newsroom_workingchange_undelete": May(NOBODY, "author"),
    **pages(f"{LEDGERS} {RULES}", changelist=May("author", NOBODY), history=May("author", NOBODY)),
    **pages(f"{LEDGERS} {RULES}", add=May(NOBODY, NOBODY), delete=May(NOBODY, NOBODY)),
    **pages(LEDGERS, change=May("author", NOBODY)),
    **pages(RULES, change=May("author", "administrator")),
    **pages(PEOPLE, changelist=May("administrator", NOBODY), history=May("administrator", NOBODY)),
    **pages(PEOPLE, add=May("administrator", "administrator"), change=May("administrator", "administrator")),
    **pages(PEOPLE, delete=May("administrator", "administrator")),
    **pages("auth_user", password_change=May("administrator", "administrator")),
}


def actions(names: str, words: str, first: str) -> dict[str, str]:
    return {f"{name} {action}": first for name in names.split() for action in words.split()}


# {action of a list: the first role for which it does something}
LIST_ACTIONS = {
    **actions(ROOTS, "publish_many", "publisher"),
    **actions(PARTS, "delete_selected hold_back_rows release_rows", "author"),
    **actions("initiatives_milestone initiatives_outcome", "set_owner_of_rows", "author"),
    **actions("initiatives_initiative", "attest_rows", "reviewer"),
    **actions(f"{ROOTS} initiatives_source {PEOPLE}", "delete_selected", "administrator"),
    **actions("notifications_reminder notifications_notice", "try_again", "administrator"),
    **actions("auth_user", "invite_again", "administrator"),
}


def may(role: str, first: str) -> bool:
    return bool(first) and ROLES.index(role) >= ROLES.index(first)


def at_the_boundary(first: str) -> list[str]:
    """Nobody in particular, the last role that may not, and the first that may."""
    allowed = ROLES.index(first) if first else len(ROLES)
    return list(dict.fromkeys([ROLES[0], *ROLES[max(allowed - 1, 0) : allowed + 1]]))


def every_role(first: str) -> list[str]:
    return list(ROLES)


asked_by = pytest.mark.parametrize(
    "roles", [at_the_boundary, pytest.param(every_role, marks=pytest.mark.exhaustive)], ids=lambda each: each.__name__
)


def addresses() -> list[str]:
    """List the names of all addresses under /admin/, each once."""
    return sorted(set(_names(get_resolver().url_patterns, "")))


def _names(patterns, before: str):
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, path)
        elif path.startswith("admin/"):
            yield each.name or _name_of(path)


def _name_of(path: str) -> str:
    """Django leaves two kinds without a name: the addresses forms had once, and whatever else is asked for."""
    _admin, *parts = path.split("/")
    return f"{parts[0]}_{parts[1]}_old_change" if len(parts) > 2 else "anything_else"


def list_actions(request) -> list[str]:
    """List every action of every list, as somebody with all rights has them."""
    return sorted(
        f"{model._meta.app_label}_{model._meta.model_name} {action}"
        for model, model_admin in admin.site._registry.items()
        for action in model_admin.get_actions(request)
    )
