"""The requirements as a lawyer reads them (kravene på tryk): paragraph, dated rule, code, tests and page, one by one."""

from collections.abc import Iterable

from uth.cli.requirements import Requirement, requirements
from uth.law import rulebook


def requirement_blocks() -> Iterable[str]:
    """A block for each paragraph."""
    for row in requirements():
        yield f"### {row.key}: {row.paragraph}\n"
        yield f"{row.asks}.\n"
        yield "\n".join(_lines(row)) + "\n"


def _lines(row: Requirement) -> Iterable[str]:
    if row.missing:
        yield f"- **To come:** {row.missing}"
    for name in row.rules:
        yield f"- Rule: {_rule(name)}"
    if row.code:
        yield f"- Code: {', '.join(f'`{each.removeprefix("uth.")}`' for each in row.code)}"
    for test in row.tests:
        yield f"- Test: `{test}`"
    for page in row.pages:
        yield f"- Page: {page.name} `{page.path}`"
    if row.no_page:
        yield f"- No page: {row.no_page}"


def _rule(name: str) -> str:
    """The rule in Danish, with what it has been and from which day."""
    values = rulebook.periods(name)
    told = "; ".join(
        f"{value_words(each.value)} from {each.since}{f' to {each.until}' if each.until else ''}"
        f"{f' ({doubt(each)})' if each.unverified else ''}"
        for each in values
    )
    return f"`{name}`, {values[0].danish}: {told}"


def doubt(each: rulebook.Rule | rulebook.Silence) -> str:
    """The mark on what no text on hand confirms."""
    return "**unverified**" if each.unverified else ""


def value_words(value: rulebook.Value) -> str:
    """A value as the page writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
