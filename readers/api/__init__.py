"""Base of the read-only API: what all endpoints share. Each app declares its endpoints in its own `api`."""
