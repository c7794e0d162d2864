"""The verbs of initiatives beside publishing: results and verdicts with their second person, and attesting."""

from .attest import attest
from .results import check_result, set_result
from .verdicts import check_verdict, rate

__all__ = ["attest", "check_result", "check_verdict", "rate", "set_result"]
