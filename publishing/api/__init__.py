"""Base of the read-only API: what all endpoints share. Each app declares its endpoints in its own `api`."""

from .cursors import Ordering
from .filters import Choices, EditionFilters, NamedThing, YesNo
from .served import Served
from .views import EditionViewSet, RecordView

__all__ = ["Choices", "EditionFilters", "EditionViewSet", "NamedThing", "Ordering", "RecordView", "Served", "YesNo"]
