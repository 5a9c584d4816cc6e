"""Ordinals (ordenstal): how Danish tells the second of a kind from the first."""

NTH = ("anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende")


def nth(count: int, article: str = "den") -> str:
    """'anden' or 'andet', 'tredje' …, and a figure from the eleventh on."""
    if count == 2 and article == "det":
        return "andet"
    return NTH[count - 2] if count - 2 < len(NTH) else f"{count}."
