"""Every national model (alle nationale modeller), so that Django finds them."""

from uth.records.national.reports import (
    NationalAuditHead,
    NationalAuditLine,
    NationalCode,
    NationalReport,
    Sender,
    SenderKey,
)

__all__ = ["NationalAuditHead", "NationalAuditLine", "NationalCode", "NationalReport", "Sender", "SenderKey"]
