"""Every national model (alle nationale modeller), so that Django finds them."""

from uth.records.national.counts import NationalRejection
from uth.records.national.reports import (
    NationalAuditHead,
    NationalAuditLine,
    NationalCode,
    NationalReport,
    ReceivedMessage,
    Sender,
    SenderKey,
)

__all__ = [
    "NationalAuditHead",
    "NationalAuditLine",
    "NationalCode",
    "NationalRejection",
    "NationalReport",
    "ReceivedMessage",
    "Sender",
    "SenderKey",
]
