"""Run as a program: published milestones, each with an owner who is owed a mail today."""

import sys
from datetime import timedelta

import django

MAILS_OWED = 40


def make():
    from record.dates import FuzzyDate, today
    from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, UserFactory, published

    initiative = InitiativeFactory()
    in_a_month = FuzzyDate(latest=today() + timedelta(days=30))
    for number in range(MAILS_OWED):
        milestone = MilestoneFactory(initiative=initiative, title_en=f"Promise {number}", owner=UserFactory())
        StatementFactory(milestone=milestone, promised=in_a_month)
    published(initiative)


if __name__ == "__main__":
    sys.path.insert(0, "")
    django.setup()
    make()
