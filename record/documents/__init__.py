"""Pure functions on documents (canonical form, parts, differences, redaction), amounts and characters."""
