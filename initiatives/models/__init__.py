"""The working copy of initiatives and announcements, and the edition tables it is published into."""

from ..editions import (
    AnnouncementEdition,
    AreaEdition,
    ContextEdition,
    FigureEdition,
    FundingEdition,
    InitiativeEdition,
    MilestoneEdition,
    OrganisationEdition,
    OutcomeEdition,
    PersonEdition,
    VerdictEdition,
)
from .announcements import Announcement, Figure
from .contexts import Context
from .initiatives import Initiative, InitiativeRelation
from .milestones import Evidence, Milestone, Statement
from .money import Funding
from .outcomes import Observation, Outcome, Target
from .parties import Organisation, Person, PolicyArea, Post
from .sources import Citation, Source
from .verdicts import Verdict

__all__ = [
    "Announcement",
    "AnnouncementEdition",
    "AreaEdition",
    "Citation",
    "Context",
    "ContextEdition",
    "Evidence",
    "Figure",
    "FigureEdition",
    "Funding",
    "FundingEdition",
    "Initiative",
    "InitiativeEdition",
    "InitiativeRelation",
    "Milestone",
    "MilestoneEdition",
    "Observation",
    "Organisation",
    "OrganisationEdition",
    "Outcome",
    "OutcomeEdition",
    "Person",
    "PersonEdition",
    "PolicyArea",
    "Post",
    "Source",
    "Statement",
    "Target",
    "Verdict",
    "VerdictEdition",
]
