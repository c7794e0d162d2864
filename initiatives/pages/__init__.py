"""Pages that count over the whole record, and the charts they and others show."""
