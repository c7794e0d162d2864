"""Errors as problem documents (RFC 9457)."""

from http import HTTPStatus

import orjson
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, status
from rest_framework.response import Response

PROBLEM_MEDIA_TYPE = "application/problem+json"


class BadParameter(exceptions.ValidationError):
    """Raised for a query parameter that cannot be answered; names it."""

    def __init__(self, parameter: str, detail: str):
        super().__init__({parameter: [detail]})


class NotPublished(exceptions.NotFound):
    """Raised if nothing is published at this URL. extra: further members of the problem."""

    def __init__(self, detail: str | None = None, **extra):
        super().__init__(detail)
        self.extra = extra


class Gone(exceptions.APIException):
    """Raised if the thing was withdrawn with a public reason. extra: further members of the problem."""

    status_code = status.HTTP_410_GONE
    default_code = "withdrawn"

    def __init__(self, detail: str, **extra):
        super().__init__(detail)
        self.extra = extra


class ProblemHandler(ExceptionHandler):
    """Exception handler that answers with a problem; unexpected errors are logged, signalled and hide their details."""

    def format_exception(self, exc: exceptions.APIException) -> dict:
        """Return the problem document of an exception."""
        request = self.context["request"]
        errors = _list_parameter_errors(exc) if isinstance(exc, exceptions.ValidationError) else []
        if errors:
            detail = " ".join(f"{each['parameter']}: {each['detail']}" for each in errors)
        else:
            detail = str(exc.detail) if exc.status_code < 500 else _("Something went wrong here. It has been logged.")
        problem = build_problem(exc.status_code, detail, address=request.build_absolute_uri)
        problem |= {"instance": request.path, "code": _get_problem_code(exc)} | getattr(exc, "extra", {})
        return problem | ({"errors": errors} if errors else {})

    def get_response(self, exc: exceptions.APIException, data: dict) -> Response:
        return Response(data, status=exc.status_code, headers=self.get_headers(exc), content_type=PROBLEM_MEDIA_TYPE)


def build_problem(code: int, detail: str, *, address) -> dict:
    """Return the members common to all problems. address: makes a path absolute."""
    try:
        about = f"{address(reverse('api:docs'))}#problem-{code}"
    except NoReverseMatch:
        about = "about:blank"
    return {"type": about, "title": HTTPStatus(code).phrase, "status": code, "detail": detail}


def build_problem_response(request, code: int) -> HttpResponse:
    """Return a problem as response, for errors outside of any endpoint, where even the host name may be wrong."""
    problem = build_problem(code, HTTPStatus(code).description, address=str) | {"instance": request.path}
    return HttpResponse(orjson.dumps(problem), status=code, content_type=PROBLEM_MEDIA_TYPE)


def _get_problem_code(exc: exceptions.APIException) -> str:
    return "invalid" if isinstance(exc, exceptions.ValidationError) else exc.default_code


def _list_parameter_errors(exc: exceptions.ValidationError) -> list[dict]:
    """Return [{"parameter", "detail"}] of a validation error."""
    detail = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
    return [{"parameter": name, "detail": str(each)} for name, problems in detail.items() for each in problems]
