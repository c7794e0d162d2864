"""Search among any number of rows, as fast for two Chinese characters as for a long word.

It finds what Django's search finds: rows in which each word stands somewhere in `search_fields`. It looks among the
NEWEST_ROWS_SEARCHED newest rows first. If these do not fill the list, it looks among the rows that an index of single
characters and bigrams (`newsroom_pairs`, on PostgreSQL) leaves. At most MAX_SEARCH_RESULTS rows are found.
"""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Func, Q, Value
from django.utils.text import smart_split

MAX_SEARCH_RESULTS = 1_000
NEWEST_ROWS_SEARCHED = 5_000


class Bigrams(Func):
    """Every character and every pair of neighbouring characters in columns or a value, in capitals, as an array."""

    function = "newsroom_pairs"
    template = "%(function)s(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = ArrayField(models.TextField())


class IndexedSearchMixin(admin.ModelAdmin):
    """Mixin with the indexed search.

    `bigram_columns`: the model's own columns among `search_fields`, in the order of their index; other search fields
    are a parent's. Without `bigram_columns`, Django's search is used.
    """

    bigram_columns: tuple[str, ...] = ()

    def changelist_view(self, request, extra_context=None):
        """Tell the template how many rows are found at most, if the search is indexed."""
        return super().changelist_view(
            request, (extra_context or {}) | {"most_found": self.bigram_columns and MAX_SEARCH_RESULTS}
        )

    def get_search_results(self, request, queryset, search_term):
        """Return the rows found and False, as no row is found twice; up to two searches."""
        if not self.bigram_columns or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        newest = queryset.model._base_manager.filter(
            pk__in=queryset.order_by("-pk").values("pk")[:NEWEST_ROWS_SEARCHED]
        )
        keys = self._search_keys(request, newest, search_term)
        if len(keys) < MAX_SEARCH_RESULTS:
            keys = self._search_keys(request, self._filter_by_bigrams(queryset, search_term), search_term)
        return queryset.filter(pk__in=keys), False

    def _search_keys(self, request, queryset, search_term: str) -> list:
        """Return the primary keys of at most MAX_SEARCH_RESULTS rows that Django's search finds."""
        found, _duplicates = super().get_search_results(request, queryset, search_term)
        return list(found.order_by().values_list("pk", flat=True)[:MAX_SEARCH_RESULTS])

    def _filter_by_bigrams(self, queryset, search_term: str):
        """Leave out, by the index, most rows that do not have these words; a no-op except on PostgreSQL."""
        if connection.vendor != "postgresql":
            return queryset
        queryset = queryset.alias(pairs=Bigrams(*self.bigram_columns))
        for word in smart_split(search_term):
            queryset = queryset.filter(self._bigram_condition(word.strip("\"'")))
        return queryset

    def _bigram_condition(self, word: str) -> Q:
        """Return a condition that rows with this word fulfil, by themselves or a parent; one query for each parent."""
        condition = Q(pairs__contains=Bigrams(Value(word)))
        for name in {field.split("__")[0] for field in self.search_fields if "__" in field}:
            parent = self.opts.get_field(name).related_model
            columns = self.admin_site.get_model_admin(parent).bigram_columns
            found = parent._base_manager.alias(pairs=Bigrams(*columns)).filter(pairs__contains=Bigrams(Value(word)))
            keys = list(found.values_list("pk", flat=True)[: MAX_SEARCH_RESULTS + 1])
            if len(keys) > MAX_SEARCH_RESULTS:
                return Q()  # too common a word to narrow the search
            condition |= Q(**{f"{name}__in": keys})
        return condition
