"""The audit (revisionsspor): append-only, hash-chained per organisation, without foreign keys.

A line names actor, case and purpose by number and never holds an identity. `digest` is SHA-256 over
the previous line's digest and this line's content, so a removed or altered line shows in `verify`.
What is older than the rule is pruned from the beginning of a chain: its head keeps the digest the rest hangs
from, and a line in the chain itself says so, so that nothing goes unseen.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections, models

from uth.records.rows import insert
from uth.records.writing import writing

SITE = "site"  # the chain of what belongs to no organisation
GENESIS = "0" * 64
MANY = 500  # rows a statement
PRUNED = "audit.pruned"


class Line(models.Model):
    """A line of an audit; one table in each building."""

    chain = models.CharField(max_length=80)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    word = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=20, blank=True)
    case = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.word}"

    def computed_digest(self) -> str:
        """What `digest` must be."""
        content = [
            self.previous, self.chain, self.seq, self.at.astimezone(UTC).isoformat(), self.word, self.actor,
            self.role, self.case, getattr(self, "subject", ""), self.detail,
        ]  # fmt: skip
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


class Head(models.Model):
    """The end of a chain; locked while a line is added."""

    chain = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)
    pruned_seq = models.PositiveBigIntegerField(default=0, help_text="the last line that was let go")
    pruned_digest = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.chain


class AuditLine(Line):
    """The local building's audit; `subject` is the keyed hash of the patient whose identity was opened."""

    subject = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_line_a_place")]
        indexes = [models.Index(fields=["case", "id"], name="audit_case")]


class AuditHead(Head):
    """Ends of the local chains."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a chain does not hold."""

    chain: str
    seq: int
    why: str


def append(
    chain: str,
    word: str,
    *,
    at: datetime,
    actor: str,
    role: str = "",
    case: int | None = None,
    subject: str = "",
    detail: dict[str, Any] | None = None,
    lines: type[Line] = AuditLine,
    heads: type[Head] = AuditHead,
) -> None:
    """Add a line to a chain, in the caller's transaction."""
    using = "national" if lines._meta.app_label == "national" else "default"
    with writing(using, savepoint=False), connections[using].cursor() as cursor:
        seq, digest = _locked_end(cursor, heads, chain, using)
        line = lines(
            chain=chain, seq=seq + 1, at=at, word=word, actor=actor, role=role, case=case,
            detail=detail or {}, previous=digest, **({"subject": subject} if subject else {}),
        )  # fmt: skip
        line.digest = line.computed_digest()
        insert(line, using)
        cursor.execute(
            f"UPDATE {heads._meta.db_table} SET seq = %s, digest = %s WHERE chain = %s",  # noqa: S608 - our own table
            [line.seq, line.digest, chain],
        )


def append_many(
    chain: str,
    word: str,
    cases: Sequence[int],
    *,
    at: datetime,
    actor: str,
    role: str,
    detail: dict[str, Any],
) -> None:
    """Add one line a case to a local chain, in this order, in the caller's transaction: the end is moved once."""
    with writing("default", savepoint=False), connections["default"].cursor() as cursor:
        seq, digest = _locked_end(cursor, AuditHead, chain, "default")
        lines: list[AuditLine] = []
        for case in cases:
            line = AuditLine(
                chain=chain, seq=seq + 1, at=at, word=word, actor=actor, role=role, case=case, detail=detail,
                previous=digest,
            )  # fmt: skip
            seq, digest = line.seq, line.computed_digest()
            line.digest = digest
            lines.append(line)
        AuditLine.objects.bulk_create(lines, batch_size=MANY)
        AuditHead.objects.filter(chain=chain).update(seq=seq, digest=digest)


def prune(
    *, before: datetime, at: datetime, lines: type[Line] = AuditLine, heads: type[Head] = AuditHead
) -> int:
    """Let the oldest lines of every chain go, up to the first that is not older; returns how many."""
    using = "national" if lines._meta.app_label == "national" else "default"
    kept = lines._default_manager.using(using)
    gone = 0
    for chain in list(heads._default_manager.using(using).values_list("chain", flat=True)):
        mine = kept.filter(chain=chain)
        first_kept = mine.filter(at__gte=before).order_by("seq").values_list("seq", flat=True).first()
        old = mine if first_kept is None else mine.filter(seq__lt=first_kept)
        last = old.order_by("-seq").first()
        if last is None:
            continue
        told = {"seq": last.seq, "digest": last.digest, "count": old.count()}
        append(chain, PRUNED, at=at, actor="system", role="system", detail=told, lines=lines, heads=heads)
        heads._default_manager.using(using).filter(chain=chain).update(
            pruned_seq=last.seq, pruned_digest=last.digest
        )
        gone += mine.filter(seq__lte=last.seq).delete()[0]
    return gone


def end_of(chain: str) -> str:
    """The digest at the end of a local chain: it is another as soon as anything has been added."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT digest FROM {AuditHead._meta.db_table} WHERE chain = %s", [chain])  # noqa: S608
        found = cursor.fetchone()
    return str(found[0]) if found else GENESIS


def _is_told(lines: type[Line], head: Head, using: str) -> bool:
    """Whether the chain itself says what was let go."""
    told = lines._default_manager.using(using).filter(chain=head.chain, word=PRUNED).order_by("-seq").first()
    return told is not None and (told.detail.get("seq"), told.detail.get("digest")) == (
        head.pruned_seq,
        head.pruned_digest,
    )


def _locked_end(cursor: Any, heads: type[Head], chain: str, using: str) -> tuple[int, str]:
    """Where the chain ends, held until the transaction does. Plain SQL: every act and every look comes through here."""
    hold = (
        "FOR UPDATE" if connections[using].vendor == "postgresql" else ""
    )  # SQLite's writer is alone already
    ask = f"SELECT seq, digest FROM {heads._meta.db_table} WHERE chain = %s {hold}"  # noqa: S608 - our own table
    cursor.execute(ask, [chain])
    found = cursor.fetchone()
    if found is None:
        heads._default_manager.using(using).get_or_create(chain=chain)
        cursor.execute(ask, [chain])
        found = cursor.fetchone()
    return int(found[0]), str(found[1])


def verify(lines: type[Line] = AuditLine, heads: type[Head] = AuditHead) -> Iterator[Broken]:
    """Every place where a chain does not hold; none means the audit is whole."""
    using = "national" if lines._meta.app_label == "national" else "default"
    told = lines._default_manager.using(using).order_by("chain").values_list("chain", flat=True).distinct()
    ends = heads._default_manager.using(using)
    for chain in set(told) - set(ends.values_list("chain", flat=True)):
        yield Broken(chain, 0, "kædens ende er fjernet")
    for head in ends.all():
        seq, digest = head.pruned_seq, head.pruned_digest
        if seq and not _is_told(lines, head, using):
            yield Broken(head.chain, seq, "linjerne til og med denne er slettet uden spor")
        for line in lines._default_manager.using(using).filter(chain=head.chain).order_by("seq").iterator():
            seq += 1
            if line.seq != seq:
                yield Broken(head.chain, seq, "linjen mangler")
                seq = line.seq
            if line.previous != digest or line.computed_digest() != line.digest:
                yield Broken(head.chain, line.seq, "linjen er ændret")
            digest = line.digest
        if (head.seq, head.digest) != (seq, digest):
            yield Broken(head.chain, seq + 1, "kædens ende passer ikke")
