"""The tables as classes, for what is read, and as tables, for statements put together from columns."""

from __future__ import annotations

from store.schema.answers import (
    DayDocuments,
    Documents,
    Events,
    Evidence,
    Extensions,
    Grades,
    History,
    Journal,
    Pauses,
    Proposals,
    Reports,
)
from store.schema.base import Base, Instant, Named, metadata, table_of
from store.schema.duties import (
    Agencies,
    Contacts,
    Facts,
    HandOvers,
    Legs,
    Obligations,
    Plans,
    ScheduleRoles,
    Schedules,
    ScheduleSteps,
    StandingOver,
)
from store.schema.mail import (
    AddressMarks,
    Bounces,
    Holds,
    MessageContents,
    MessageReplies,
    Messages,
    Notes,
    Notices,
    WeeklyLines,
)
from store.schema.papers import CampaignDuties, Campaigns, Papers
from store.schema.portal import Assignments, ContactProposals, Drafts, Links, LinkUses, Sessions

plans = table_of(Plans)
facts = table_of(Facts)
agencies = table_of(Agencies)
contacts = table_of(Contacts)
standing_over = table_of(StandingOver)
schedules = table_of(Schedules)
schedule_steps = table_of(ScheduleSteps)
schedule_roles = table_of(ScheduleRoles)
obligations = table_of(Obligations)
legs = table_of(Legs)
hand_overs = table_of(HandOvers)
messages = table_of(Messages)
message_contents = table_of(MessageContents)
message_replies = table_of(MessageReplies)
bounces = table_of(Bounces)
address_marks = table_of(AddressMarks)
notices = table_of(Notices)
weekly_lines = table_of(WeeklyLines)
notes = table_of(Notes)
holds = table_of(Holds)
documents = table_of(Documents)
reports = table_of(Reports)
evidence = table_of(Evidence)
history = table_of(History)
journal = table_of(Journal)
events = table_of(Events)
extensions = table_of(Extensions)
pauses = table_of(Pauses)
day_documents = table_of(DayDocuments)
proposals = table_of(Proposals)
grades = table_of(Grades)
links = table_of(Links)
link_uses = table_of(LinkUses)
sessions = table_of(Sessions)
drafts = table_of(Drafts)
assignments = table_of(Assignments)
contact_proposals = table_of(ContactProposals)
papers = table_of(Papers)
campaigns = table_of(Campaigns)
campaign_duties = table_of(CampaignDuties)

__all__ = [
    "AddressMarks",
    "Agencies",
    "Assignments",
    "Base",
    "Bounces",
    "CampaignDuties",
    "Campaigns",
    "ContactProposals",
    "Contacts",
    "DayDocuments",
    "Documents",
    "Drafts",
    "Events",
    "Evidence",
    "Extensions",
    "Facts",
    "History",
    "Holds",
    "Instant",
    "Journal",
    "Legs",
    "LinkUses",
    "Links",
    "MessageContents",
    "MessageReplies",
    "Messages",
    "Named",
    "Notes",
    "Notices",
    "Obligations",
    "Papers",
    "Pauses",
    "Plans",
    "Proposals",
    "Reports",
    "ScheduleRoles",
    "ScheduleSteps",
    "Schedules",
    "Sessions",
    "StandingOver",
    "WeeklyLines",
    "address_marks",
    "agencies",
    "assignments",
    "bounces",
    "campaign_duties",
    "campaigns",
    "contact_proposals",
    "contacts",
    "day_documents",
    "documents",
    "drafts",
    "events",
    "evidence",
    "extensions",
    "facts",
    "history",
    "holds",
    "journal",
    "legs",
    "link_uses",
    "links",
    "message_contents",
    "message_replies",
    "messages",
    "metadata",
    "notes",
    "notices",
    "obligations",
    "papers",
    "pauses",
    "plans",
    "proposals",
    "reports",
    "schedule_roles",
    "schedule_steps",
    "schedules",
    "sessions",
    "table_of",
    "weekly_lines",
]
