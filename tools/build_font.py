"""Build the one font (skriften), packed for screens and plain for print: a small cut of IBM Plex Sans Regular under a name of its own.

    python -m venv .font && .font/bin/pip install fonttools==4.68.0 brotli==1.2.1
    .font/bin/python tools/build_font.py node_modules/dkfds

The font's licence (OFL-1.1) reserves the name "Plex" for the whole, unchanged font. A cut is a changed version, so
it carries the name "UTH Sans" inside and out, and the licence text lies next to it.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "src/uth/web/static/uth/fonts"
PAPER = OUT.parents[2] / "paper"
FAMILY = "UTH Sans"
# ASCII, Latin-1, the letters of our neighbours' and many newcomers' names, and the signs Danish prose uses.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
NAMES = "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚț"
SIGNS = "–—‘’‚“”„•…‰‹›€™←↑→↓−≈≠≤≥✓\u2009\u202f"


def build(dkfds: Path) -> Path:
    """Write the cut font and its licence, and return where the font lies."""
    source = dkfds / "src/fonts/IBMPlexSans/complete"
    font = TTFont(source / "ttf/IBMPlexSans-Regular.ttf", recalcTimestamp=False)
    wanted = Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
        hinting=False,
        name_IDs=["*"],
        notdef_outline=True,
    )
    cutter = Subsetter(wanted)
    cutter.populate(unicodes=[*LETTERS, *map(ord, NAMES + SIGNS)])
    cutter.subset(font)
    rename(font)
    font.save(PAPER / "uth-sans-regular.ttf")
    font.flavor = "woff2"
    OUT.mkdir(parents=True, exist_ok=True)
    target = OUT / "uth-sans-regular.woff2"
    font.save(target)
    shutil.copyfile(source / "ttf/license.txt", OUT / "OFL.txt")
    return target


def rename(font: TTFont) -> None:
    """Take the reserved name out of every name the font calls itself; keep the copyright and the licence."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in {0, 13, 14}:
            continue
        if record.nameID in {1, 16}:
            record.string = FAMILY
        elif record.nameID == 4:
            record.string = f"{FAMILY} Regular"
        elif record.nameID == 6:
            record.string = "UTHSans-Regular"
        elif record.nameID == 3:
            record.string = "UTHSans-Regular cut from dkfds"
        elif record.nameID in {2, 5, 17}:
            continue
        else:
            names.removeNames(nameID=record.nameID)


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    print(made.stat().st_size, hashlib.sha256(made.read_bytes()).hexdigest())  # noqa: T201 - a script says what it made
