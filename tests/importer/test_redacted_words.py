"""A file that still has words which were redacted does not bring them back."""

import pytest

from importer.load import import_file
from importer.merge_policy import HOLDS_REDACTED
from initiatives.models import Milestone, Organisation
from tests.importer.record_files import changed, saved
from tests.redacting import path, places_with, redact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("overwrite", [False, True])
def test_loading_again_leaves_redacted_words_alone(tmp_path, overwrite):
    file = saved(tmp_path, changed("organisations", name_en="Echidna Bureau"))
    import_file(file, publishing=True)
    bureau = Organisation.objects.get(name_en="Echidna Bureau")
    milestone = Milestone.objects.first()
    statement = milestone.statements.first()

    redact(bureau, path(bureau, "name", "en"))
    redact(milestone.initiative, path(statement, "promised"))
    assert places_with("Echidna") == set()

    outcome = import_file(file, publishing=True, overwrite=overwrite)

    assert places_with("Echidna") == set()
    assert not milestone.statements.get(pk=statement.pk).promised.is_known()
    assert len(outcome.lines_by_heading[HOLDS_REDACTED]) >= 2
