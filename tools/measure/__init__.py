"""Measure the code: its names, its sizes, and what runs for one request. `python -m tools.measure --help`."""
