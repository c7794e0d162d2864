"""The roles of the newsroom as groups. Running it again only adds what is missing."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROOTS = {
    "initiatives": "initiative announcement context organisation person policyarea",
    "experts": "expert commentary",
    "publishing": "page",
}
SOURCES = {"initiatives": "source"}
PARTS = {
    "initiatives": (
        "milestone outcome funding verdict figure statement evidence target observation citation initiativerelation post"
    ),
    "experts": "affiliation forecast theme",
}
SEEN = {"publishing": "publication change", "notifications": "reminderrule reminder"}
OF_THESE_APPS = ("publishing", "initiatives", "experts", "notifications", "hkpolicy")


def codenames(models, *verbs):
    return [
        (label, f"{verb}_{model}") for label, names in models.items() for model in names.split() for verb in verbs
    ]


AUTHOR = [
    *codenames(ROOTS | {"initiatives": f"{ROOTS['initiatives']} {SOURCES['initiatives']}"}, "add", "change", "view"),
    *codenames(PARTS, "add", "change", "view", "delete"),
    *codenames(SEEN, "view"),
]
REVIEWER = [*AUTHOR, ("publishing", "review")]
PUBLISHER = [*REVIEWER, ("publishing", "publish"), ("publishing", "withdraw")]


def is_append_only(codename):
    """Adding, changing or deleting a row of the record by hand is nobody's right."""
    verb, _, model = codename.partition("_")
    of_the_record = model.endswith("edition") or model in ("record", "publication", "change", "slug", "link")
    return verb in ("add", "change", "delete") and of_the_record


def make_permissions(apps):
    """Permissions are otherwise made after all migrations; groups need them now."""
    for config in apps.get_app_configs():
        if config.label not in (*OF_THESE_APPS, "auth"):
            continue
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None


def make_roles(apps, schema_editor):
    make_permissions(apps)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    found = {(each.content_type.app_label, each.codename): each for each in Permission.objects.select_related("content_type")}
    for name, names in {"author": AUTHOR, "reviewer": REVIEWER, "publisher": PUBLISHER}.items():
        Group.objects.get_or_create(name=name)[0].permissions.add(*(found[each] for each in names))
    everything = [
        each
        for (label, codename), each in found.items()
        if (label in OF_THESE_APPS and not is_append_only(codename)) or (label == "auth" and codename.endswith(("_user", "_group")))
    ]
    Group.objects.get_or_create(name="administrator")[0].permissions.add(*everything)


class Migration(migrations.Migration):
    dependencies = [
        ("hkpolicy", "0001_loaded"),
        ("publishing", "0003_editorsettings"),
        ("initiatives", "0001_initial"),
        ("experts", "0002_initial"),
        ("notifications", "0002_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
