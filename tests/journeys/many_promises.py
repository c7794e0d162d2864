"""Run as a program: an author, and as many published milestones as asked that each owe the author a mail today."""

import sys
from datetime import timedelta

import django
from django.utils import timezone

MAILS_OWED = 40


def make():
    from django.contrib.auth.models import Group

    from publishing.dates import FuzzyDate, hong_kong_day
    from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, UserFactory, published

    UserFactory(username="mei").groups.add(Group.objects.get(name="author"))
    initiative = InitiativeFactory()
    in_a_month = FuzzyDate(latest=hong_kong_day(timezone.now()) + timedelta(days=30))
    for number in range(MAILS_OWED):
        milestone = MilestoneFactory(initiative=initiative, title_en=f"Promise {number}")
        StatementFactory(milestone=milestone, promised=in_a_month)
    published(initiative)


if __name__ == "__main__":
    sys.path.insert(0, "")
    django.setup()
    make()
