"""The audit log, the history of a root and the list of publications."""
