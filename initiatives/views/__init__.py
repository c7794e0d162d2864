"""Views that count over the whole record, and the charts that they and other pages show."""
