"""The newsroom's forms of what experts said."""

from . import commentary, experts

__all__ = ["commentary", "experts"]
