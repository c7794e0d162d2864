"""Base classes of all endpoints, and the lists and details of editions."""

from functools import cached_property

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from record.documents.canonical_json import decode_document
from record.queries import FoundEdition, InvalidAsOf, Moment, find_edition, first_live_at, parse_as_of

from ..etags import etag_action
from .exceptions import BadParameter, Gone, NotPublished
from .filters import EditionFilterSet, MomentFilterBackend
from .pagination import CursorOrdering, paginate_editions
from .renderers import RawJSONRenderer, render_list_page
from .resources import Resource, render_resources
from .schema import CursorPaginationSchema, EditionSchema, PublicApiSchema


class PublicApiView(GenericViewSet):
    """Answers from the record: anonymous, read-only, cacheable as long as it is asked about again."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (RawJSONRenderer,)
    filter_backends = ()
    pagination_class = CursorPaginationSchema
    schema = PublicApiSchema()
    http_method_names = ("get", "head", "options")
    parameters: dict[str, frozenset[str]] = {}  # {action: query parameters that it takes}

    def check_parameters(self) -> None:
        """Check the query string. Raises BadParameter for an unknown or repeated parameter, or one with a NUL."""
        known = self.known_parameters()
        for name, values in self.request.query_params.lists():
            if name not in known:
                raise BadParameter(name, self.unknown_parameter_message(name, known))
            if len(values) > 1 and name not in self.multi_value():
                raise BadParameter(name, _("Given more than once."))
            if any("\0" in value for value in values):
                raise BadParameter(name, _("Text with a character that no text has."))

    def unknown_parameter_message(self, name: str, known: frozenset[str]) -> str:
        """Return the message about an unknown parameter."""
        taken = ", ".join(sorted(known)) or _("none")
        return _("Unknown parameter. Known here: %(names)s.") % {"names": taken}

    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that this action takes."""
        return self.parameters.get(self.action, frozenset())

    def multi_value(self) -> frozenset[str]:
        """Return the parameters that may be given more than once."""
        return frozenset()

    @cached_property
    def root_url(self) -> str:
        """The API's root URL."""
        return self.request.build_absolute_uri(reverse("api:index"))

    @cached_property
    def moment(self) -> Moment:
        """The moment of `?as_of=`. Raises BadParameter if it is invalid."""
        try:
            return parse_as_of(self.request.query_params.get("as_of"))
        except InvalidAsOf as error:
            detail = _("A date (2026-01-31) or a timestamp with offset (2026-01-31T12:00:00Z), not in the future.")
            raise BadParameter("as_of", detail) from error

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", _get_cache_control(response.status_code))
        patch_vary_headers(response, ("Accept", "Accept-Language"))
        return response


class LiveApiView(PublicApiView):
    """Looks at what is live, and cannot be asked about the past."""

    def unknown_parameter_message(self, name, known):
        if name == "as_of":
            return _("Not here: this looks at what is live.")
        return super().unknown_parameter_message(name, known)


class EditionViewSet(PublicApiView):
    """Lists and details of one type, as published. A detail is found by slug, also a former one, or `content_id`."""

    resource: Resource
    response_serializer: type[Serializer]
    ordering = CursorOrdering("slug")
    filterset_class = EditionFilterSet
    filter_backends = (MomentFilterBackend,)
    schema = EditionSchema()
    lookup_url_kwarg = "name"
    lookup_value_regex = "[^/]+"

    @etag_action
    def list(self, request):
        editions = self.filter_queryset(self.get_queryset())
        found = paginate_editions(
            editions,
            self.ordering,
            self.resource,
            parameters=request.query_params,
            address=request.build_absolute_uri(),
        )
        return Response(render_list_page(self._render_rows(found.rows), next=found.next, previous=found.previous))

    @etag_action
    def retrieve(self, request, name):
        found = find_edition(self.resource.edition_class, name.replace("\0", ""), self.moment)
        if found.edition is None:
            raise self._unknown()
        if found.edition.tombstone:
            raise _build_gone_error(found)
        if found.moved_to:
            return HttpResponsePermanentRedirect(self._build_moved_url(found.moved_to))
        return Response(self._render_rows([found.edition])[0])

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.resource.edition_class.objects.none()
        return self.resource.edition_class.objects.at(self.moment.instant)

    def known_parameters(self):
        if self.action == "retrieve":
            return frozenset({"as_of"})
        return frozenset({"as_of", "cursor", "page_size", *self.filterset_class.base_filters})

    def multi_value(self):
        return frozenset(name for name, each in self.filterset_class.base_filters.items() if hasattr(each, "conjoined"))

    def _render_rows(self, rows):
        return render_resources(self.resource, rows, moment=self.moment, base=self.root_url)

    def _unknown(self) -> NotPublished:
        """Return the 404, saying so if the record of this type began only after the moment asked about."""
        since = self.moment.instant and first_live_at(self.resource.edition_class)
        if since and since > self.moment.instant:
            return NotPublished(
                _("The record was not kept then; it begins on %(since)s.") % {"since": since.isoformat()},
                recorded_since=since,
            )
        return NotPublished()

    def _build_moved_url(self, slug: str) -> str:
        query = self.request.META.get("QUERY_STRING", "")
        return f"{self.root_url}{self.resource.edition_class.url_prefix}/{slug}/" + (f"?{query}" if query else "")


def _build_gone_error(found: FoundEdition) -> Gone:
    """Return the 410 of a tombstone, with its reason, its date and its successor if it has one."""
    edition = found.edition
    document = decode_document(edition.document)
    instead = {"successor": document["successor"]} if "successor" in document else {}
    return Gone(
        _("This was published and has been withdrawn."),
        content_id=edition.content_id,
        reason=document["reason"],
        withdrawn_at=edition.live_from,
        **instead,
    )


def _get_cache_control(status: int) -> str:
    """Return a policy of revalidating always (ETags make it cheap), so that publications are visible at once.

    Server errors and 429 are not stored.
    """
    return "no-store" if status >= 500 or status == 429 else "public, max-age=0, must-revalidate"
