"""The read-only API: what every endpoint shares. Concrete endpoints are declared in each app's `api`."""

from .cursors import Ordering
from .filters import Choices, EditionFilters, NamedThing, YesNo
from .served import Served
from .views import EditionViewSet, RecordView

__all__ = ["Choices", "EditionFilters", "EditionViewSet", "NamedThing", "Ordering", "RecordView", "Served", "YesNo"]
