"""Every national model (alle nationale modeller), so that Django finds them."""

from uth.records.national.counts import NationalDuplicate, NationalRejection
from uth.records.national.plans import NationalAnswer, NationalDocument, NationalPublication, NationalRequest
from uth.records.national.reports import (
    NationalAuditHead,
    NationalAuditLine,
    NationalCode,
    NationalReport,
    ReceivedMessage,
    Sender,
    SenderKey,
)
from uth.records.national.tallies import NationalCollective

__all__ = [
    "NationalAnswer",
    "NationalAuditHead",
    "NationalAuditLine",
    "NationalCode",
    "NationalCollective",
    "NationalDocument",
    "NationalDuplicate",
    "NationalPublication",
    "NationalRejection",
    "NationalReport",
    "NationalRequest",
    "ReceivedMessage",
    "Sender",
    "SenderKey",
]
