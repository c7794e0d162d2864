"""Actions on initiatives other than publishing: results and verdicts with their second check, attesting, owners."""
