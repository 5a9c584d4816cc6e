"""Build the compact word lists of uth.deid from public sources given as paths (ordlister).

    python tools/build_lexicon.py sources --gazetteers DIR --faker DIR --dacy names.csv --texts FILE...
    python tools/build_lexicon.py pack

`pack` makes `lists.packed` anew from the lists as they stand; do it after changing one of the long lists by hand.
The sources and their licences stand in src/uth/deid/lexicon/README.md. The output is sorted text, one
entry a line, so that a change of a list can be read in a diff.
"""

import argparse
import csv
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from uth.deid.packed import LISTS, pack

COMMON_PER_SEX = 2500
KNOWN_PER_SEX = 22000
NAME = re.compile(r"[a-zà-öø-ÿāčćđēğıłńňőřśşšťūůűųźżž'-]{2,24}")
FAKER_LATIN = (
    "no_NO", "sv_SE", "de_DE", "pl_PL", "tr_TR", "hr_HR", "ro_RO", "nl_NL", "fi_FI", "is_IS", "en_GB", "es_ES",
    "it_IT", "fr_FR", "pt_PT", "en_PK", "en_IN", "fr_DZ", "vi_VN", "lt_LT", "lv_LV", "et_EE", "hu_HU", "cs_CZ",
    "sk_SK", "sl_SI", "az_AZ", "id_ID", "yo_NG", "ha_NG", "ig_NG", "tw_GH", "sw",
)  # fmt: skip
STREET_TAIL = re.compile(
    r"(?:vej|gade|gaden|vejen|allé|alle|alléen|stræde|strædet|plads|pladsen|torv|torvet|boulevard|vænget|vænge|parken|"
    r"park|toften|haven|have|bakken|marken|lunden|stien|sti|engen|ager|ageren|vang|vangen|skrænten|krogen|kæret|"
    r"løkken|dalen|højen|skoven|svinget|kaj|gård|gården|hegnet|diget)$"
)


OUT = Path(__file__).parent.parent / "src/uth/deid/lexicon"


def main() -> None:
    """Read the sources and write the lists, if asked to; then pack them."""
    args = _arguments()
    if args.command == "sources":
        _build(args)
    lists = {name: (OUT / f"{name}.txt").read_text("utf-8").splitlines() for name in LISTS}
    (OUT / "lists.packed").write_bytes(pack(lists))


def _build(args: argparse.Namespace) -> None:
    lower = _lower_case_words(args.texts)
    common, known = _first_names(args.gazetteers, args.dacy)
    surnames, rare = _surnames(args.gazetteers, args.dacy, args.faker)
    every = common | known | surnames | rare
    _write("first_names_common", common)
    _write("first_names", known - common)
    _write("surnames", surnames)
    _write("surnames_rare", rare - surnames)
    _write("names_that_are_words", {name for name in every if lower[name]})
    _write("streets", _streets(args.gazetteers))
    towns = _towns(args.gazetteers)
    _write("towns", towns)
    _write("villages", _villages(args.gazetteers) - towns)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("pack")
    sources = commands.add_parser("sources")
    sources.add_argument("--gazetteers", type=Path, required=True)
    sources.add_argument("--faker", type=Path, required=True, help="faker/providers/person")
    sources.add_argument("--dacy", type=Path, required=True, help="names.csv")
    sources.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="IOB2 files: which names are also words"
    )
    return parser.parse_args()


def _jsonl(path: Path) -> list[str]:
    return [json.loads(line).strip().lower() for line in path.read_text("utf-8").splitlines() if line.strip()]


def _names(values: Iterable[str]) -> list[str]:
    return [value for value in values if NAME.fullmatch(value)]


def _first_names(gazetteers: Path, dacy: Path) -> tuple[set[str], set[str]]:
    common: set[str] = set()
    known: set[str] = set()
    for sex in ("kvinder", "maend"):
        ranked = _names(_jsonl(gazetteers / f"dst2014_fornavne_{sex}.jsonl"))
        common.update(ranked[:COMMON_PER_SEX])
        known.update(ranked[:KNOWN_PER_SEX])
    known.update(_names(row["name"].lower() for row in _dacy(dacy) if row["first_name"] == "True"))
    return common, {name for name in known if len(name) > 2 or name in common}


def _dacy(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _surnames(gazetteers: Path, dacy: Path, faker: Path) -> tuple[set[str], set[str]]:
    surnames = set(_names(_jsonl(gazetteers / "dst2014_efternavne.jsonl")))
    surnames |= set(_names(row["name"].lower() for row in _dacy(dacy) if row["first_name"] == "False"))
    surnames |= set(_names(_faker_names(faker, "da_DK")))
    rare: set[str] = set()
    for locale in FAKER_LATIN:
        rare.update(name for name in _names(_faker_names(faker, locale)) if len(name) > 2)
    return surnames, rare


def _faker_names(root: Path, locale: str) -> set[str]:
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
        if field.startswith(("last_names", "surnames")):
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


def _streets(gazetteers: Path) -> set[str]:
    """Street names whose shape does not already say that they are streets."""
    streets = {re.sub(r"\s+", " ", name) for name in _jsonl(gazetteers / "dk_vejnavne.jsonl")}
    return {
        s for s in streets if len(s) > 3 and not STREET_TAIL.search(s) and not any(c.isdigit() for c in s)
    }


def _towns(gazetteers: Path) -> set[str]:
    with (gazetteers / "dawa_postnumre.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["navn"].strip().lower() for row in csv.DictReader(file, delimiter=";")]
    towns = set(names)
    towns |= {re.sub(r"\s(?:[a-zæøå]{1,2}|sv|nv|nø|sø)$", "", name) for name in names}
    return {name for name in towns if len(name) > 1 and not any(char.isdigit() for char in name)}


def _villages(gazetteers: Path) -> set[str]:
    with (gazetteers / "dawa_ejerlav.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["navn"].split(",")[0].strip().lower() for row in csv.DictReader(file, delimiter=";")]
    found = {re.sub(r"\s(?:by|gde\.?|ejerlav|købstads? .*|m\.? ?fl\.?)$", "", name) for name in names}
    return {name for name in found if re.fullmatch(r"[a-zæøåéü]{4,}(?: [a-zæøåéü]{4,})?", name)}


def _write(name: str, entries: Iterable[str]) -> None:
    (OUT / f"{name}.txt").write_text(
        "".join(f"{entry}\n" for entry in sorted(set(entries))), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
