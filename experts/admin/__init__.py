"""The newsroom's forms for experts, forecasts and commentary."""

from . import commentary, experts, worklists

__all__ = ["commentary", "experts", "worklists"]
