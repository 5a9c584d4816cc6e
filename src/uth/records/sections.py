"""The sections (afsnit) of a case: its texts, as they stand, that may leave once they are clean."""

from collections.abc import Sequence

from uth.law.terms import Section
from uth.records.cases import Case
from uth.records.reports import Report


def sections_of(case: Case) -> dict[Section, str]:
    """The texts of a case that may leave once clean; empty ones are left out."""
    report = case.report
    products = [joined(m.name, m.substance, m.strength, m.route) for m in report.medicines.order_by("pk")] + [
        joined(d.kind, d.name, d.model) for d in report.devices.order_by("pk")
    ]
    described = (
        report.attachments.exclude(description="").order_by("pk").values_list("description", flat=True)
    )
    return texts_of(case, products, list(described))


ATTACHED = "Bilag: "


def told(report: Report) -> str:
    """What the reporter told of the event."""
    return "\n\n".join(filter(None, (report.story, report.immediate_action)))


def joined(*words: str) -> str:
    """A product's words on one line."""
    return " ".join(filter(None, words))


def texts_of(case: Case, products: Sequence[str], described: Sequence[str]) -> dict[Section, str]:
    """The same, for one who has read the products and the descriptions of the attachments already."""
    report = case.report
    happened = "\n\n".join([told(report), *(f"{ATTACHED}{words}" for words in described)])
    texts = {
        Section.HEADLINE: report.headline,
        Section.STORY: happened,
        Section.PREVENTION: report.prevention,
        Section.PRODUCTS: "\n".join(products),
        Section.CONCLUSION: case.conclusion,
        Section.LEARNING: case.learning,
    }
    return {section: text for section, text in texts.items() if text.strip()}
