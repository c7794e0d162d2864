"""Actions on initiatives other than publishing: results and verdicts with their second check, attesting, owners."""

from .attest import attest, attest_all
from .owners import set_owner
from .results import check_result, set_result
from .verdicts import check_verdict, rate

__all__ = ["attest", "attest_all", "check_result", "check_verdict", "rate", "set_owner", "set_result"]
