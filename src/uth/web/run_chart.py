"""The run chart (tidsserien) drawn here as SVG: plain counts by month, the same numbers in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from uth.web.fact_words import month as month_words

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 200, 16, 16, 32, 32


@dataclass(frozen=True, slots=True)
class Point:
    """A month of the chart. `label` is written under every other month, so that they do not run together."""

    x: int
    y: int
    count: int
    label: str
    month: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """One area's months. `line` goes through the whole months; the present one is a point by itself."""

    title: str
    points: tuple[Point, ...]
    line: str
    said: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def chart(title: str, run: Sequence[tuple[str, int]]) -> Chart:
    """The months of one area, oldest first; the last is still going on."""
    most = max([count for _, count in run] + [1])
    step = (WIDTH - LEFT - RIGHT) / max(len(run) - 1, 1)
    deep = HEIGHT - TOP - BOTTOM
    points = tuple(
        Point(
            x=round(LEFT + n * step),
            y=round(TOP + deep * (1 - max(count, 0) / most)),
            count=count,
            label=_label(month, n, len(run)),
            month=month_words(month),
            is_now=n == len(run) - 1,
        )
        for n, (month, count) in enumerate(run)
    )
    whole = [point for point in points if not point.is_now]
    return Chart(
        title=title,
        points=points,
        line=" ".join(f"{point.x},{point.y}" for point in whole),
        said=f"{title}, antal om måneden fra {points[0].month} til {points[-1].month}. Tallene står i tabellen.",
    )


def _label(month: str, n: int, of: int) -> str:
    """Jan, feb …, under every other month counted back from the present one."""
    return month_words(month)[:3] if (of - 1 - n) % 2 == 0 else ""
