"""Every local model (alle lokale modeller), so that Django finds them; each is defined in its own room."""

from uth.records.audit import AuditHead, AuditLine
from uth.records.cases import Case, CaseStep, Classification, DialogueMessage, Note
from uth.records.guidance import GuidanceText
from uth.records.limits import RateMark
from uth.records.lookups import LookupPermission, LookupsLetGo, RecordLookup
from uth.records.mergers import Merger, MergerMove
from uth.records.organisations import (
    Agreement,
    Cluster,
    ClusterMember,
    Delegation,
    Finder,
    Installation,
    Organisation,
    Place,
    PlaceAlias,
    Tenure,
)
from uth.records.outbox import Letter
from uth.records.paper import PaperBatch, PaperForm
from uth.records.people import ApiToken, Invitation, Membership, User
from uth.records.plans import Document, PlanAnswer, PlanRequest, Publication
from uth.records.redactions import Correction, Redaction
from uth.records.reminders import Reminder
from uth.records.reports import Attachment, Device, Draft, InvolvedPlace, Medicine, Report
from uth.records.reruns import Reread, Rerun
from uth.records.tallies import Board, BoardKey, CollectiveReport, Tap, TapNote, TapWithdrawal
from uth.records.vault import Forgotten, PatientIdentity, ReporterIdentity

__all__ = [
    "Agreement",
    "ApiToken",
    "Attachment",
    "AuditHead",
    "AuditLine",
    "Board",
    "BoardKey",
    "Case",
    "CaseStep",
    "Classification",
    "Cluster",
    "ClusterMember",
    "CollectiveReport",
    "Correction",
    "Delegation",
    "Device",
    "DialogueMessage",
    "Document",
    "Draft",
    "Finder",
    "Forgotten",
    "GuidanceText",
    "Installation",
    "Invitation",
    "InvolvedPlace",
    "Letter",
    "LookupPermission",
    "LookupsLetGo",
    "Medicine",
    "Membership",
    "Merger",
    "MergerMove",
    "Note",
    "Organisation",
    "PaperBatch",
    "PaperForm",
    "PatientIdentity",
    "Place",
    "PlaceAlias",
    "PlanAnswer",
    "PlanRequest",
    "Publication",
    "RateMark",
    "RecordLookup",
    "Redaction",
    "Reminder",
    "Report",
    "ReporterIdentity",
    "Reread",
    "Rerun",
    "Tap",
    "TapNote",
    "TapWithdrawal",
    "Tenure",
    "User",
]
