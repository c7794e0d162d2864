"""Send the reminders of a day here and now, or list what they would be: manage.py remind [--on DATE] [--dry-run]"""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand
from django.utils.translation import get_language

from record.dates import today

from ...actions.delivery import send_reminder
from ...actions.sweep import preview_sweep, sweep_reminders
from ...models import Reminder
from ..dry_run_report import DryRunReport


def parse_day_argument(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2026-12-31") from error


class Command(BaseCommand):
    help = "Send what is owed as on a day in Hong Kong. With --dry-run: list who would get what, who not, and why."

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", type=parse_day_argument, metavar="DATE", help="the day, such as 2026-12-31; today unless given"
        )
        parser.add_argument("--dry-run", action="store_true", help="list only; writes and sends nothing")

    def handle(self, *, on, dry_run, **options):
        on = on or today()
        if dry_run:
            self.tell(on)
        else:
            self.send(on)

    def tell(self, on):
        report = DryRunReport(preview_sweep(on=on), language=get_language())
        for title, lines in (("Mails that would go out", report.mails), ("Would not go out", report.unsent)):
            self.stdout.write(f"{title} on {on}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")

    def send(self, on):
        sent = [reminder_id for reminder_id in sweep_reminders(on=on) if send_reminder(reminder_id=reminder_id, on=on)]
        for reminder in Reminder.objects.filter(pk__in=sent).select_related("rule", "recipient"):
            self.stdout.write(f"  {reminder.recipient.email}: {reminder.rule}")
        self.stdout.write(f"Sent as on {on}: {len(sent)}")
