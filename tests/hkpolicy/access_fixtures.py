"""What tests of permissions share: a row of every model, a browser for every role, and what it would send where."""

from contextlib import contextmanager
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import SimpleCookie
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from initiatives.actions.results import set_result
from initiatives.actions.verdicts import rate
from initiatives.models import Milestone, Verdict
from newsroom.actions.confirm_translations import get_unreviewed_texts
from newsroom.actions.redact import propose_redaction
from newsroom.actions.review import request_review
from newsroom.actions.schedule import schedule_publication
from newsroom.documents.drafts import build_draft
from newsroom.documents.redactable import list_redactable_parts
from newsroom.documents.registry import get_row_key, get_row_type
from newsroom.models import Root, Schedule, WorkingChange, set_actor
from notifications.models import Notice, Reminder, ReminderRule
from record import languages
from record.dates import FuzzyDate
from record.languages import get_text_column
from record.models import Publication
from tests.factories import EvidenceFactory, InitiativeFactory, MilestoneFactory, UserFactory, published
from tests.hkpolicy.permission_table import ROLES
from tests.publishing_helpers import FACTORIES, WORKING, filled, url, without_rendering

NOTE = {"note_en": "Said", "note_zh_hant": "說了", "update_type": "major", "overruled": "a test"}
PASSWORD = "a long pass phrase"


class AccessFixtures:
    def __init__(self):
        self.admin_user = UserFactory(username="admin_user", is_superuser=True)
        self.browser, self.strict = Client(), Client(enforce_csrf_checks=True)
        self.users = {role: _person(role) for role in ROLES[1:]} | {"admin_user": self.admin_user}
        self.cookies = {role: _logged_in(user) for role, user in self.users.items()}
        self.rows = {_name(model): FACTORIES[model]() for model in WORKING} | self._others()

    def _others(self) -> dict:
        root, entry = published(InitiativeFactory(), by=self.admin_user), MilestoneFactory()
        asked = request_review(root=root, by=self.admin_user)
        with set_actor(self.admin_user), transaction.atomic():
            entry.delete()
        days = {"due_on": date(2027, 1, 1), "remind_on": date(2026, 12, 1), "offset_days": 31}
        about = {"subject_type": "initiative", "subject_id": root.content_id, "state": "failed"}
        rule = ReminderRule.objects.first()
        return {
            "record_publication": Publication.objects.get(),
            "newsroom_workingchange": WorkingChange.objects.get(content_id=entry.content_id, action=2),
            "newsroom_schedule": self.scheduled(InitiativeFactory()),
            "notifications_reminderrule": rule,
            "notifications_reminder": Reminder.objects.create(rule=rule, recipient=self.admin_user, **days, **about),
            "notifications_notice": Notice.objects.create(review=asked, recipient=self.admin_user, state="failed"),
            "auth_user": UserFactory(),
            "auth_group": Group.objects.create(name="guests"),
        }

    def scheduled(self, root):
        at = timezone.now() + timedelta(days=1)
        return schedule_publication(drafts=[build_draft(root)], at=at, by=self.admin_user, overruled="a test")

    def ask(self, role: str, method: str, path: str, data=None, *, strict: bool = False):
        """Answer one request as if nothing had been asked in this browser before. strict: check the CSRF token."""
        client = self.strict if strict else self.browser
        client.cookies = SimpleCookie(self.cookies.get(role, ""))
        return getattr(client, method)(path, data)

    def path(self, name: str) -> str:
        """Return where it is, after whatever makes it useful."""
        about, page = _split(name)
        row = self.rows.get(about)
        if row is None:
            return self._own_page(name)
        if page == "old_change":
            return reverse(f"admin:{about}_changelist") + f"{row.pk}/"
        if page == "publish_many":
            root = self.rows["initiatives_initiative"]
            return f"{reverse(f'admin:{name}')}?{urlencode({get_row_type(root): root.pk})}"
        before = getattr(self, f"_before_{page}", None)
        more = before(row) if before else ()
        return reverse(f"admin:{name}", args=() if page in ("add", "changelist") else (row.pk, *more))

    def _own_page(self, name: str) -> str:
        """Return the path of a page that is about no row of its own."""
        kind, row = ContentType.objects.get_for_model(Milestone), self.rows["initiatives_milestone"]
        arguments = {
            "need": ["drafts"],
            "app_list": ["initiatives"],
            "view_on_site": [kind.pk, row.pk],
            "password_reset_confirm": ["x", "y"],
        }
        if name == "anything_else":
            return reverse("admin:index") + "nothing/"
        outside = name.startswith(("admin_password_reset", "password_reset"))
        path = reverse(name if outside else f"admin:{name}", args=arguments.get(name, []))
        query = {"app_label": "initiatives", "model_name": "milestone", "field_name": "initiative"}
        return f"{path}?{urlencode(query)}" if name == "autocomplete" else path

    def sent(self, name: str, path: str) -> dict:
        """Return what a browser would post there to get something done."""
        about, page = _split(name)
        if about in self.rows:
            send = getattr(self, f"_to_{page}", None)
            return send(self.rows[about], path) if send else {"any": "thing"}
        changed = {f"new_password{number}": "another pass phrase" for number in (1, 2)}
        return {
            "language": {"language": "zh-hant"},
            "password_change": changed | {"old_password": PASSWORD},
            "admin_password_reset": {"email": self.admin_user.email},
        }.get(name, {})

    # What must be so before, and the rest of the address.

    def _before_preview(self, row):
        return ["en"]

    def _before_withdraw(self, row):
        published(row, by=self.admin_user)
        return ()

    _before_attest = _before_redact = _before_withdraw

    def _before_unschedule(self, row):
        self.scheduled(row)
        return ()

    def _before_restore(self, row):
        published(row, by=self.admin_user)
        setattr(row, get_text_column(row.name_text, "en"), "Written since")
        row.save()
        return [Publication.objects.latest("pk").pk]

    def _before_confirm(self, row):
        translated(row)
        return ()

    def _before_redaction(self, row):
        return [propose_redaction(**redaction_of(published(row, by=self.admin_user)), by=self.admin_user).pk]

    def _before_note(self, row):
        Schedule.objects.filter(pk=row.pk).update(state="failed")
        return ()

    def _before_check(self, row):
        if isinstance(row, Verdict):
            row.rated_by = "us"
            rate(verdict=row, by=self.admin_user)
        else:
            EvidenceFactory(milestone=row)
            set_result(
                milestone=row, result="met", actual=FuzzyDate(date(2026, 1, 1), date(2026, 1, 1)), by=self.admin_user
            )
        return ()

    # What a browser sends.

    def _to_change(self, row, path):
        data = self._form(path)
        if hasattr(row, "internal_note"):
            return data | {"internal_note": "Written"}
        return data | {"first_name": "Somebody", "name": "Renamed", "active": ""}

    def _to_add(self, row, path):
        if not hasattr(row, "internal_note"):
            return {"username": "new", "email": "new@example.org", "language": "en", "name": "new"}
        data = self._form(url(row, "change")) | ({"slug": "new"} if isinstance(row, Root) else {})
        data |= {name: "0" for name in data if name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS"))}
        return {name: value for name, value in data.items() if name != "_shown"}

    def _to_merge(self, row, path):
        return {"into": FACTORIES[type(row)]().pk}

    def _to_delete(self, row, path):
        return {"post": "yes"}

    def _to_review(self, row, path):
        return {"verb": "request", "note": "Please"}

    def _to_confirm(self, row, path):
        return {"seen": get_unreviewed_texts(row).digest}

    def _to_previews(self, row, path):
        return {"days": "7"}

    def _to_publish(self, row, path):
        with without_rendering():
            return NOTE | {"seen": self.ask("admin_user", "get", path).context_data["seen"]}

    _to_restore = _to_publish_many = _to_publish

    def _to_redact(self, row, path):
        return NOTE | {"fields": redaction_of(row)["fields"]}

    def _to_redaction(self, row, path):
        return {"_confirm": "1"}

    def _to_withdraw(self, row, path):
        return NOTE

    def _to_password_change(self, row, path):
        return {"usable_password": "true", "password1": "another pass phrase", "password2": "another pass phrase"}

    def _form(self, path) -> dict:
        with without_rendering():
            page = self.ask("admin_user", "get", path)
        return filled(page) if "adminform" in (getattr(page, "context_data", None) or ()) else {}


def translated(row):
    """Give the row a translation that nobody has reviewed."""
    name = row.texts[0]
    languages.set_translation(row, name, "zh-hant", "譯文", of=getattr(row, get_text_column(name, "en")))
    row.save()
    return row


def redaction_of(root) -> dict:
    """Return how to ask an action to redact all that its document ever said of the first of its fields."""
    key = get_row_key(root)
    return {"root": key, "fields": [next(iter(list_redactable_parts(*key)[0].values))], "reason": {"en": "Why"}}


def _person(role: str):
    """Make a person of this role. outsider: an administrator who may not enter the admin."""
    user = UserFactory(username=role, is_staff=role != "outsider", password="")
    user.set_password(PASSWORD)
    user.save()
    if role != "stranger":
        user.groups.add(Group.objects.get(name="administrator" if role == "outsider" else role))
    return user


def _logged_in(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies.output(header="", sep=";")


def _name(model) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def _split(name: str) -> tuple[str, str]:
    """Split into ("initiatives_initiative", "publish")."""
    app_label, _underscore, rest = name.partition("_")
    model, _underscore, page = rest.partition("_")
    return f"{app_label}_{model}", page


@contextmanager
def rolled_back():
    """Undo everything at the end. Yield the statements that wrote something; sessions do not count."""
    found = []

    def look(execute, sql, parameters, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, parameters, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(look):
            yield found
        transaction.set_rollback(True)
