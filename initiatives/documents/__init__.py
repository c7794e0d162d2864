"""Working rows of initiatives as documents. Importing this package registers the builders."""

from . import actors, announcements, initiatives, milestones, outcomes

__all__ = ["actors", "announcements", "initiatives", "milestones", "outcomes"]
