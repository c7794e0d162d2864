"""The record that ships, ruined in the newsroom and restored root by root: publishing it then would change nothing."""

import pytest

from experts.models import Forecast
from initiatives.models import Citation
from newsroom.actions.restore import restore
from newsroom.documents.changeset import build_changeset
from newsroom.documents.drafts import build_drafts
from newsroom.documents.registry import get_published_type
from newsroom.models import Child
from record.models import edition_classes
from tests.factories import UserFactory
from tests.restoring import FACTS, ruin

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


def roots():
    """{type: {content_id: the publication it was last in}} of all that is public."""
    return {
        type: {
            row.content_id: row.change.publication
            for row in edition_class.objects.select_related("change__publication")
        }
        for type, edition_class in sorted(edition_classes().items(), key=lambda each: each[0] == "expert")
        if not edition_class.parents
    }


def ruined(model) -> None:
    """Every other row deleted where others allow it, every row left changed in every column."""
    rows = model.objects.all()
    if model in (*FACTS, Citation) or issubclass(model, Child):
        rows.filter(pk__in=list(rows.values_list("pk", flat=True))[::2]).delete()
    ruin(rows)


def test_every_root_of_the_record_comes_back_as_it_was_published(shipped):
    by, public = UserFactory(is_superuser=True), roots()
    for model in (Citation, Forecast, *FACTS, *(get_published_type(type).model for type in edition_classes())):
        ruined(model)
    for type, publications in public.items():
        for content_id, publication in publications.items():
            restored = restore(root_type=type, content_id=content_id, at_publication=publication, by=by)
            assert restored.left_out == []
    drafts = [draft for type, ids in public.items() for draft in build_drafts(type, ids)]
    assert len(drafts) > 200
    assert build_changeset(drafts).entries == []
