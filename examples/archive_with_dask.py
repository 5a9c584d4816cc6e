"""An archive de-identified with Dask (arkiv): lines {"id", "text"} in, lines {"id", "text", "entities"} out.

    python examples/archive_with_dask.py ARCHIVE.jsonl FOLDER --workers 2

A file a partition is written in FOLDER. A line that gives no answer becomes {"problem": …}, which says why and never
what stood in it. Without a language model nothing is written. `--workers` are processes of this machine; with a
`dask.distributed.Client` the same bag runs on many.
"""

import argparse
import json
import time
from pathlib import Path

import dask
import dask.bag

from uth.deid.lines import BadLine, How, answer

HOW = How(replace=True)


def answered(line: str) -> str:
    """A pure function of the line, which any worker can import: no files, no settings, no state."""
    try:
        return answer(line.encode(), HOW).decode().rstrip("\n")
    except BadLine as why:
        return json.dumps({"problem": str(why)}, ensure_ascii=False)


def main() -> None:
    """Read, answer, write, and tell how fast."""
    parser = argparse.ArgumentParser(description="An archive de-identified with Dask.")
    parser.add_argument("archive", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--blocksize", default="64KiB", help="of the archive, a partition")
    given = parser.parse_args()
    begun = time.perf_counter()
    lines = dask.bag.read_text(str(given.archive), blocksize=given.blocksize)
    with dask.config.set(scheduler="processes", num_workers=given.workers):
        lines.map(answered).to_textfiles(str(given.folder / "*.jsonl"), last_endline=True)
    spent = time.perf_counter() - begun
    kilobytes = given.archive.stat().st_size / 1000
    print(f"{kilobytes / spent:.1f} kB/s with {given.workers} workers, {spent:.1f} s with their start")


if __name__ == "__main__":
    main()
