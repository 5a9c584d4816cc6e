"""The national receiver (den nationale modtager), named as the rule of the day names it."""

from datetime import date

from uth.law.rulebook import rule


def receiver_words(on: date) -> str:
    """Who receives nationally that day; what no text on hand confirms says so."""
    found = rule("national_receiver", on=on)
    return f"{found.text} (ikke bekræftet)" if found.unverified else found.text
