"""Word lists on the command line (ordlister): an installation's own, made from the official open files."""

import argparse
import os
import sys
from pathlib import Path

from uth.deid.gazetteers import Built, Entry, NotRead, Sources, build, entries
from uth.deid.lexicon import FILE, use
from uth.deid.packed import pack

LEFT_OUT = "udeladt.txt"
LINE = "  {:<44}{:>8}{:>14}"
DANISH = {
    "first_names_common": "fornavne, de mest brugte",
    "first_names": "fornavne, de andre",
    "surnames": "efternavne, de mest brugte",
    "surnames_rare": "efternavne, de andre",
    "names_that_are_words": "navne, der også er ord",
    "streets": "veje, hvis navn ikke siger »vej« eller »gade«",
    "towns": "byer",
    "villages": "landsbyer og ejerlav",
}
KINDS = {
    "first_names": ("--first-names", "fornavne, en fil for hvert køn, de mest brugte først"),
    "surnames": ("--surnames", "efternavne, de mest brugte først"),
    "streets": ("--streets", "vejnavne"),
    "towns": ("--towns", "postnumre med byer"),
    "villages": ("--villages", "ejerlav eller stednavne"),
    "words": ("--words", "almindelige danske ord, ét på hver linje; de regnes ikke for sjældne navne"),
}


def run(given: argparse.Namespace) -> int:
    """`uth lexicon build`."""
    files: dict[str, list[list[Entry]]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        for path in getattr(given, kind):
            try:
                files[kind].append(entries(path.read_bytes()))
            except OSError:
                print(
                    f"{path} kan ikke læses. Se efter, at filen er der, og at du må læse den.",
                    file=sys.stderr,
                )
                return 1
            except NotRead as wrong:
                print(f"{path}: {wrong}", file=sys.stderr)
                return 1
    if not any(files.values()):
        print(f"Giv mindst én fil, for eksempel {KINDS['surnames'][0]} efternavne.csv.", file=sys.stderr)
        return 1
    built = build(Sources(**files))
    try:
        _write(given.out, built)
    except OSError:
        print(f"Der kan ikke skrives i {given.out}. Vælg en anden mappe, eller giv adgang.", file=sys.stderr)
        return 1
    print(LINE.format("Ordlisterne er lavet.", "ord", "heraf nye"))
    for name, danish in DANISH.items():
        print(LINE.format(danish, len(built.lists[name]), built.new[name]))
    print(
        f"{len(built.left_out)} navne er udeladt, fordi de er almindelige ord; de står i {given.out / LEFT_OUT}."
    )
    print(f"Tag dem i brug: sæt UTH_LEXICON={given.out.resolve()}, og start systemet igen.")
    return 0


def use_own() -> None:
    """For a command that runs without the settings: the lists that UTH_LEXICON points at; raises Unusable."""
    if folder := os.environ.get("UTH_LEXICON"):
        use(Path(folder))


def _write(folder: Path, built: Built) -> None:
    """The lists are put in place whole: a process that reads meanwhile sees the old ones or the new."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LEFT_OUT).write_text("".join(f"{word}\n" for word in built.left_out), encoding="utf-8")
    new = folder / f"{FILE}.ny"
    new.write_bytes(pack(built.lists))
    new.replace(folder / FILE)


def options(command: argparse.ArgumentParser) -> None:
    """One option for each kind of file, and where to put the lists."""
    command.set_defaults(django=False)  # whose settings point at the lists made here
    acts = command.add_subparsers(dest="act", required=True, metavar="HANDLING")
    act = acts.add_parser(
        "build", help="lav ordlister af de officielle åbne filer (se docs/deid.md, Own lists)"
    )
    for kind, (option, what) in KINDS.items():
        act.add_argument(option, dest=kind, type=Path, nargs="+", default=[], metavar="FIL", help=what)
    act.add_argument("--out", type=Path, required=True, metavar="MAPPE", help="mappen, de lægges i")
