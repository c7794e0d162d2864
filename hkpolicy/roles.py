"""The roles of the newsroom as groups, from one table. They are brought up to it after every migration.

A right that a group has beside the table stays; one of the table that somebody took from it comes back.
"""

from collections.abc import Iterator

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

ROLES = ("author", "reviewer", "publisher", "administrator")  # each may do what the ones before it may

ROOTS = (
    "initiatives.initiative initiatives.announcement initiatives.context initiatives.organisation initiatives.person"
    " initiatives.policyarea experts.expert experts.commentary newsroom.page"
)
PARTS = (
    "initiatives.milestone initiatives.outcome initiatives.funding initiatives.verdict initiatives.figure"
    " initiatives.statement initiatives.evidence initiatives.target initiatives.observation initiatives.citation"
    " initiatives.initiativerelation initiatives.post experts.affiliation experts.forecast experts.theme"
)
LEDGERS = (
    "record.publication record.change newsroom.workingchange newsroom.reviewentry newsroom.schedule"
    " newsroom.previewlink notifications.reminderrule notifications.reminder notifications.notice"
)
# Appended by actions only: nobody writes them by hand.
EDITIONS = (
    "initiatives.initiativeedition initiatives.announcementedition initiatives.contextedition"
    " initiatives.organisationedition initiatives.personedition initiatives.areaedition initiatives.milestoneedition"
    " initiatives.outcomeedition initiatives.fundingedition initiatives.verdictedition initiatives.figureedition"
    " experts.expertedition experts.commentaryedition experts.forecastedition record.pageedition record.link"
    " record.slug record.publishlock newsroom.frozendraft newsroom.redaction"
)

# (the first role that has them, verbs, models)
GRANTS = (
    ("author", "add change view", f"{ROOTS} initiatives.source"),
    ("author", "add change delete view", PARTS),
    ("author", "view", LEDGERS),
    ("administrator", "delete", f"{ROOTS} initiatives.source"),
    ("administrator", "view", EDITIONS),
    ("administrator", "add change delete", "notifications.reminderrule notifications.reminder"),
    ("administrator", "change", "notifications.notice"),
    ("administrator", "add change delete view", "auth.user auth.group newsroom.editorsettings"),
    ("administrator", "add change delete view", "importer.loadedfile importer.loadedrow"),
)
# {permission that belongs to no single model's page: the first role that has it}
VERBS = {
    "record.review": "reviewer",
    "record.publish": "publisher",
    "record.withdraw": "publisher",
    "newsroom.redact": "administrator",
}


def list_permissions(role: str) -> set[str]:
    """Return all permissions of a role, as "app.codename"."""
    reached = ROLES[: ROLES.index(role) + 1]
    own = {permission for permission, first in VERBS.items() if first in reached}
    return own | {permission for first, *grant in GRANTS if first in reached for permission in _expand(*grant)}


def _expand(verbs: str, models: str) -> Iterator[str]:
    for model in models.split():
        label, _, name = model.partition(".")
        yield from (f"{label}.{verb}_{name}" for verb in verbs.split())


def grant_roles(sender: AppConfig, *, using: str, apps=installed, **_) -> None:
    """Make the groups, and give each the permissions of this app that it lacks. A receiver of `post_migrate`."""
    create_permissions(sender, verbosity=0, using=using, apps=apps)  # Django's own receiver comes later
    try:
        Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # the tables of accounts are not made yet
        return
    found = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    found = {f"{sender.label}.{each.codename}": each for each in found}
    for role in ROLES:
        group, _made = Group.objects.using(using).get_or_create(name=role)
        group.permissions.add(*(found[each] for each in list_permissions(role) if each in found))
