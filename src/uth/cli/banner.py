"""What `make run` prints (velkomst): the address and the demo's log-ins."""

from uth.cli.demo import PASSWORD, PEOPLE


def banner(url: str) -> str:
    """The address and who one can be."""
    lines = [
        "",
        f"  UTH kører på {url}",
        "  Opdigtede eksempler: alle personer, steder og hændelser er fundet på.",
        "",
        f"  Log ind på {url}/konto/log-ind/ med adgangskoden {PASSWORD}",
    ]
    for name, organisation, roles in PEOPLE:
        what = ", ".join(role.danish for role in roles) or "ingen rolle: må intet se"
        lines.append(f"    {name.lower() + '@demo.invalid':28} {what} {organisation}")
    return "\n".join([*lines, "", "  Stop med Ctrl-C.", ""])
