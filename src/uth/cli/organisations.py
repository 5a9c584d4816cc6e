"""Organisations on the command line (myndigheder): one takes over others' tasks, and it can be taken back until committed."""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uth.actions.merger_report import MergerReport, Moved

LINE = "  {:<58}{:>8}"


def run(given: argparse.Namespace) -> int:
    """`uth organisations merge | unmerge | commit | list`."""
    from uth.actions.handling import Refused

    try:
        result: int = given.do(given)
    except Refused as refused:
        print(*refused.problems.values(), sep="\n", file=sys.stderr)
        return 1
    return result


def options(command: argparse.ArgumentParser) -> None:
    """The four things one does."""
    acts = command.add_subparsers(dest="act", required=True, metavar="HANDLING")
    merge = acts.add_parser("merge", help="lad en myndighed overtage andres opgaver og åbne sager")
    merge.add_argument(
        "--from", dest="sources", action="append", required=True, metavar="NØGLE", help="gentages for hver"
    )
    merge.add_argument("--to", required=True, metavar="NØGLE", help="den, der overtager")
    merge.add_argument("--on", type=_day, required=True, metavar="ÅÅÅÅ-MM-DD", help="dens første dag")
    merge.add_argument(
        "--name", default="", metavar="NAVN", help="opret den under dette navn, hvis den ikke er her"
    )
    merge.add_argument(
        "--dry-run", action="store_true", help="gør det hele, skriv rapporten, og rul det tilbage"
    )
    merge.set_defaults(do=_merge)
    for name, does, what in (
        ("unmerge", _unmerge, "fortryd en sammenlægning, der ikke er bekræftet"),
        ("commit", _commit, "bekræft en sammenlægning; derefter kan den ikke fortrydes"),
    ):
        act = acts.add_parser(name, help=what)
        act.add_argument("number", type=int, metavar="NUMMER", help="sammenlægningens nummer")
        act.set_defaults(do=does)
    acts.add_parser("list", help="vis de sammenlægninger, der er lavet her").set_defaults(do=_list)


def _merge(given: argparse.Namespace) -> int:
    from uth.actions import mergers
    from uth.law.actor import SYSTEM

    act: Callable[..., MergerReport] = mergers.rehearse if given.dry_run else mergers.merge
    report = act(
        sources=given.sources,
        to=given.to,
        first_day=given.on,
        name=given.name,
        by=SYSTEM,
        at=datetime.now(UTC),
    )
    print("\n".join(told(report, rehearsed=given.dry_run)))
    return 0


def _unmerge(given: argparse.Namespace) -> int:
    from uth.actions.unmerging import unmerge
    from uth.law.actor import SYSTEM

    done = unmerge(given.number, by=SYSTEM, at=datetime.now(UTC))
    print(f"Sammenlægning {given.number} er fortrudt. Fristerne er de samme som hele tiden.")
    print(LINE.format("Sager, der er tilbage, hvor de lå:", done.back))
    print(LINE.format("Sager, der er lukket eller overdraget siden og bliver:", done.stayed))
    print(LINE.format("Nye sager, der kom i mellemtiden:", done.came_meanwhile))
    print(LINE.format("  heraf sendt videre til den rette modtager:", done.sent_on))
    print(LINE.format("Sager, der venter på en ny sagsbehandler:", done.without_handler))
    print(LINE.format("Roller, der er ført tilbage til de gamle enheder:", done.roles_moved))
    return 0


def _commit(given: argparse.Namespace) -> int:
    from uth.actions.mergers import commit
    from uth.law.actor import SYSTEM

    commit(given.number, by=SYSTEM, at=datetime.now(UTC))
    print(f"Sammenlægning {given.number} er bekræftet og kan ikke længere fortrydes.")
    return 0


def _list(given: argparse.Namespace) -> int:
    from uth.law.text import day_in_words
    from uth.queries.mergers import mergers

    found = mergers()
    for each in found:
        stands = "bekræftet" if each.committed_at else "fortrudt" if each.undone_at else "kan fortrydes"
        print(
            f"{each.number}: {each.to} fra {day_in_words(each.first_day)}, {each.cases} åbne sager, {stands}"
        )
    if not found:
        print("Der er ikke lavet nogen sammenlægning her.")
    return 0


def told(report: "MergerReport", *, rehearsed: bool) -> Iterator[str]:
    """The report, in Danish, for somebody who has to answer for it."""
    from uth.law.text import day_in_words

    head = "Sådan vil det gå" if rehearsed else f"Sammenlægning {report.number}"
    yield f"{head}: {report.to} overtager opgaverne fra {day_in_words(report.first_day)}."
    if report.created:
        yield f"  {report.to} bliver oprettet med nøglen {report.to_key}."
    yield "\nDet flytter"
    for each in report.moved:
        yield from _moved(each)
    if report.earliest_deadline and report.latest_deadline:
        first, last = day_in_words(report.earliest_deadline), day_in_words(report.latest_deadline)
        yield f"  Ingen frist ændrer sig: den første er {first}, den sidste {last}."
    yield "\nDet følger med af sig selv"
    yield LINE.format("Personer, hvis roller også gælder hos den nye:", report.people)
    yield LINE.format("Invitationer, der venter:", report.invitations)
    yield LINE.format("Sundhedsaftaler for de gamle områder:", report.agreements)
    yield LINE.format("Klynger:", report.clusters)
    yield LINE.format("Kommuner, der ligger i området:", report.kommuner)
    yield "\nDet bliver, hvor det er"
    for each in report.moved:
        if each.closed_cases:
            yield LINE.format(f"Afsluttede sager hos {each.was}:", each.closed_cases)
    yield "  Tal for modtagne sager er de samme som før, talt efter den, der modtog dem:"
    for (year, name), count in report.received.items():
        yield LINE.format(f"  {year} {name}:", count)
    yield from _left_to_do(report, rehearsed=rehearsed)


def _moved(each: "Moved") -> Iterator[str]:
    yield f"  {each.was} → {each.becomes}"
    for state, count in each.open_cases.items():
        yield LINE.format(f"  åbne sager, {state.danish.lower()}:", count)
    if not each.open_cases:
        yield LINE.format("  åbne sager:", 0)
    if each.collective:
        yield LINE.format("  samlerapporter, der ikke er videregivet:", each.collective)
    if each.boards:
        yield LINE.format("  tælletavler:", each.boards)


def _left_to_do(report: "MergerReport", *, rehearsed: bool) -> Iterator[str]:
    yield "\nDet skal I selv gøre"
    if report.contact_missing:
        yield f"  Giv {report.to} en kontaktmail; den har ingen endnu."
    if report.sender_missing is None:
        yield f"  Få {report.to_key} registreret som afsender på det nationale niveau (uth keys show, uth keys register)."
    elif report.sender_missing:
        yield f"  Registrér {report.to_key} som afsender (uth keys register), ellers kan sagerne ikke videregives."
    yield "  Lad de gamle afsenderes nøgler gælde, til deres sidste breve er kvitteret."
    yield "  Kommunale opgaver, der skifter til regionen, står som steder med en ny driftsherre (ikke bekræftet)."
    if rehearsed:
        yield "\nIntet er ændret. Kør kommandoen uden --dry-run for at gøre det."
    else:
        yield f"\nFortryd med: uth organisations unmerge {report.number}"
        yield f"Bekræft med: uth organisations commit {report.number}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("skriv dagen som 2027-01-01") from None
