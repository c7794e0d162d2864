"""Send the reminders of a day here and now, or list what they would be: manage.py remind [--on DATE] [--dry-run]"""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import get_language

from notifications.actions import deliver, foresee, sweep
from notifications.management.lines import Report
from notifications.models import Reminder
from publishing.dates import hong_kong_day


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-12-31") from error


class Command(BaseCommand):
    help = "Send what is owed as on a day in Hong Kong. With --dry-run: list who would get what, who not, and why."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=day, metavar="DATE", help="the day, such as 2026-12-31; today unless given")
        parser.add_argument("--dry-run", action="store_true", help="list only; writes and sends nothing")

    def handle(self, *, on, dry_run, **options):
        on = on or hong_kong_day(timezone.now())
        if dry_run:
            self.tell(on)
        else:
            self.send(on)

    def tell(self, on):
        report = Report(foresee(on=on), language=get_language())
        for title, lines in (("Mails that would go out", report.going), ("Would not go out", report.staying)):
            self.stdout.write(f"{title} on {on}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")

    def send(self, on):
        sent = [reminder_id for reminder_id in sweep(on=on) if deliver(reminder_id=reminder_id, on=on)]
        for reminder in Reminder.objects.filter(pk__in=sent).select_related("rule", "recipient"):
            self.stdout.write(f"  {reminder.recipient.email}: {reminder.rule}")
        self.stdout.write(f"Sent as on {on}: {len(sent)}")
