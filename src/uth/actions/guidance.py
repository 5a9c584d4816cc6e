"""Guidance (vejledning): a text beside a field or step, written anew from a day, or taken back to what it was."""

from datetime import date, datetime

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.guidance import TEXT_LIMIT, topics
from uth.law.text import tidy
from uth.records.guidance import GuidanceText, in_force
from uth.records.people import governs_site


@recorded
def write(log: Log, topic: str, *, text: str, since: date, by: Actor, at: datetime) -> None:
    """A new wording, shown from a day that has not passed. Raises Hidden or Refused."""
    _check(topic, since, by=by, at=at)
    words = tidy(text)
    if not words:
        raise Refused(
            text="Skriv en tekst. Vil du have den medfølgende tekst tilbage, så gendan den nederst på siden."
        )
    if len(words) > TEXT_LIMIT:
        raise Refused(text=f"Teksten må højst fylde {TEXT_LIMIT} tegn. Forkort den; intet er slettet.")
    held = in_force([topic], on=since).get(topic)
    if held is not None and held.text == words:
        raise Refused(text="Det er den tekst, der gælder den dag i forvejen. Ret den, eller gå tilbage.")
    _keep(log, "guidance.written", topic, words, since, by=by, at=at)


@recorded
def restore(log: Log, topic: str, *, version: int | None, by: Actor, at: datetime) -> None:
    """Show an earlier wording again from today; without a version, the one we ship. Raises Hidden."""
    today = danish_day(at)
    _check(topic, today, by=by, at=at)
    earlier = None if version is None else GuidanceText.objects.filter(pk=version, topic=topic).first()
    if version is not None and earlier is None:
        raise Hidden
    text = earlier.text if earlier else ""
    _keep(log, "guidance.restored", topic, text, today, by=by, at=at, version=version or 0)


def _check(topic: str, since: date, *, by: Actor, at: datetime) -> None:
    if topic not in topics() or not governs_site(by, on=danish_day(at)):
        raise Hidden
    if since < danish_day(at):
        raise Refused(
            since="Vælg i dag eller en senere dag. Det, der har stået før, kan ikke ændres bagefter."
        )


def _keep(
    log: Log, word: str, topic: str, text: str, since: date, *, by: Actor, at: datetime, version: int = 0
) -> None:
    row = GuidanceText.objects.create(topic=topic, text=text, since=since, at=at, by_id=by.user_id)
    log(word, topic=topic, version=row.pk, since=since.isoformat(), copied_from=version)
