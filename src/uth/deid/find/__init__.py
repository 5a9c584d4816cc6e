"""Recognisers (genkendere): one a file, each with find(text) -> spans."""
