"""Each published type is declared once, and all of its declaration speaks of one and the same thing."""

import pytest

from newsroom.documents.registry import get_published_type, models_by_type
from newsroom.models import Root
from newsroom.models.ownership import get_model_type
from record.models import edition_classes


def test_every_type_with_editions_is_declared():
    assert models_by_type().keys() == edition_classes().keys()


@pytest.mark.parametrize("type", sorted(edition_classes()))
def test_model_edition_and_page_of_a_type_belong_together(type):
    declared = get_published_type(type)
    assert declared.edition is edition_classes()[type]
    assert get_model_type(declared.model) == type
    parents = {declared.model._meta.get_field(name).related_model for name in declared.edition.parents}
    assert all(get_model_type(parent) in declared.edition.parents for parent in parents)
    assert issubclass(declared.model, Root) == (not parents) == (declared.page is not None)
