"""The newsroom that the benchmarks fill in bulk is one that editors could have written."""

from collections import Counter
from copy import deepcopy
from datetime import date

import pytest
from django.db import connection

from initiatives.models import Citation, Initiative, Milestone, Statement
from newsroom.choices import RootState
from newsroom.documents.changeset import get_public_states
from record import languages
from tools.benchmarks.crowding import fill_newsroom
from tools.benchmarks.multiplying import OWN, SHARED

pytestmark = [pytest.mark.postgresql, pytest.mark.exhaustive, pytest.mark.django_db]


@pytest.fixture
def newsroom(monkeypatch):
    """Fill a newsroom with a hundred initiatives made of two templates, and the large ones."""
    monkeypatch.setattr("tools.benchmarks.filling.MAX_TEMPLATES", 2)
    monkeypatch.setattr("tools.benchmarks.crowding.MAX_TEMPLATES", 2)
    fill_newsroom(initiatives=100, today=date(2026, 7, 1))


def test_every_copy_has_what_its_template_has_and_states_as_saving_would_leave_them(newsroom):
    assert (Initiative.objects.count(), Milestone.objects.count()) == (102, 1_150)
    milestones = Milestone.objects.filter(initiative__slug__lt="initiative-n0010")
    assert set(Counter(milestones.values_list("initiative", flat=True)).values()) == {10}
    spoken = Statement.objects.filter(milestone__in=milestones).values_list("milestone", flat=True)
    assert set(Counter(spoken).values()) == {3}
    for model in (*OWN, *SHARED):
        for row in model.objects.all() if model.texts else ():
            before = deepcopy(row.text_states)
            languages.update_text_states(row)
            assert row.text_states == before
    assert all(citation.cited is not None for citation in Citation.objects.prefetch_related("cited"))
    connection.check_constraints()


def test_half_is_as_published_half_has_changes_and_one_of_twenty_is_a_draft(newsroom):
    rows = dict(Initiative.objects.exclude(slug__gt="initiative-n0010").values_list("slug", "content_id"))
    found = get_public_states("initiative", rows.values())
    counts = Counter(found[str(content_id)] for content_id in rows.values())
    assert counts == {RootState.PUBLISHED: 50, RootState.CHANGED: 45, RootState.DRAFT: 5}
