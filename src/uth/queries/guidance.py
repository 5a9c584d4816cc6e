"""Guidance (vejledning): the texts to show beside fields and steps, and their history for who writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.guidance import SHELVES, Block, Shipped, UnknownTopic, blocks, shipped, topics
from uth.records.guidance import GuidanceText, in_force
from uth.records.people import governs_site


@dataclass(frozen=True, slots=True)
class Guidance:
    """A text to show: its paragraphs and points, and where the rule behind it stands."""

    key: str
    blocks: tuple[Block, ...]
    source: str


def guidance(keys: Iterable[str | None], *, on: date) -> dict[str, Guidance]:
    """The texts of these topics as they stand that day; unknown ones are left out."""
    wanted = [key for key in dict.fromkeys(keys) if key]
    own = in_force(wanted, on=on) if wanted else {}
    return {key: _shown(shipped(key, on=on), own.get(key)) for key in wanted}


def _shown(ours: Shipped, own: GuidanceText | None) -> Guidance:
    return Guidance(ours.key, blocks(own.text if own and own.text else ours.text), ours.source)


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic in the list: whether its text is written here, and the day of one that waits."""

    key: str
    stands: str
    shelf: str
    own: bool
    coming: date | None


@dataclass(frozen=True, slots=True)
class Version:
    """One wording in a topic's history. `id` None: the one we ship; `text` is what was or will be shown."""

    id: int | None
    text: str
    since: date
    written_at: datetime | None
    who: str
    shipped: bool
    current: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic with the text that stands now and everything that ever stood, newest first."""

    key: str
    stands: str
    shelf: str
    source: str
    text: str
    versions: tuple[Version, ...]


def overview(*, by: Actor, at: datetime) -> tuple[tuple[str, tuple[TopicLine, ...]], ...]:
    """Every topic, shelf by shelf. Raises Hidden."""
    _check(by, at)
    today = danish_day(at)
    own = in_force(topics(), on=today)
    waiting: dict[str, date] = {}
    for row in GuidanceText.objects.filter(since__gt=today).order_by("-since"):
        waiting[row.topic] = row.since
    lines = [_line(shipped(key, on=today), own.get(key), waiting.get(key)) for key in topics()]
    return tuple((shelf, tuple(x for x in lines if x.shelf == shelf)) for shelf in SHELVES.values())


def _line(ours: Shipped, own: GuidanceText | None, coming: date | None) -> TopicLine:
    return TopicLine(ours.key, ours.stands, ours.shelf, bool(own and own.text), coming)


def topic(key: str, *, by: Actor, at: datetime) -> TopicPage:
    """One topic with its history. Raises Hidden."""
    _check(by, at)
    today = danish_day(at)
    try:
        ours = shipped(key, on=today)
    except UnknownTopic as unknown:
        raise Hidden from unknown
    now = in_force([key], on=today).get(key)
    rows = GuidanceText.objects.filter(topic=key).select_related("by").order_by("-since", "-pk")
    first = Version(None, ours.text, ours.since, None, "", shipped=True, current=now is None, coming=False)
    return TopicPage(
        key=key,
        stands=ours.stands,
        shelf=ours.shelf,
        source=ours.source,
        text=now.text if now and now.text else ours.text,
        versions=(*(_version(row, ours, now, today) for row in rows), first),
    )


def _version(row: GuidanceText, ours: Shipped, now: GuidanceText | None, today: date) -> Version:
    return Version(
        id=row.pk,
        text=row.text or ours.text,
        since=row.since,
        written_at=row.at,
        who=row.by.name if row.by else "Systemet",
        shipped=not row.text,
        current=now is not None and row.pk == now.pk,
        coming=row.since > today,
    )


def _check(by: Actor, at: datetime) -> None:
    if not governs_site(by, on=danish_day(at)):
        raise Hidden
