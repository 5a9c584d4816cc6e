"""One reader in a process of its own: texts in as lines of JSON, stretches out, then its speed, first call and memory.

Runs under the peers' Python (3.11) too, so it imports nothing of ours but what a reader needs.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the `uth` command has it: speeds are of one core

Stretch = tuple[int, int, str]
Reader = Callable[[str], Iterable[Stretch]]


def ours(profile: str) -> Reader:
    """The engine as it is used."""
    from uth.deid.engine import Profile, find

    return lambda text: [(s.start, s.end, s.kind.name) for s in find(text, profile=Profile(profile))]


def rules() -> Reader:
    """The recognisers and lists alone, with no tagger to weigh what they doubt: what is at least as likely as not."""
    from uth.deid import engine
    from uth.deid.allow import vetoed
    from uth.deid.merge import merge
    from uth.deid.propagate import propagate
    from uth.deid.words import forget, view

    def read(text: str) -> list[Stretch]:
        seen = view(text)
        found = [span for recogniser in engine.STRUCTURED for span in recogniser(seen.text)]
        found += vetoed(seen.text, [span for recogniser in engine.LISTED for span in recogniser(seen.text)])
        sure = [span for span in found if span.score >= 0.5]
        sure += vetoed(seen.text, propagate(seen.text, sure))
        forget()
        return [(*seen.back(s.start, s.end), s.kind.name) for s in merge(seen.text, sure)]

    return read


def presidio() -> Reader:
    """Presidio's recognisers that know no country, and phones as written in Denmark; Danish has no model there."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        DateRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        IpRecognizer,
        MacAddressRecognizer,
        PhoneRecognizer,
        UrlRecognizer,
    )

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "da", "model_name": "blank"}])
            self.nlp = {"da": spacy.blank("da")}

        def load(self) -> None:
            """Nothing to load."""

    generic = (
        CreditCardRecognizer,
        DateRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        IpRecognizer,
        MacAddressRecognizer,
        UrlRecognizer,
    )
    registry = RecognizerRegistry(supported_languages=["da"])
    for recogniser in generic:
        registry.add_recognizer(recogniser(supported_language="da"))
    registry.add_recognizer(PhoneRecognizer(supported_language="da", supported_regions=("DK",)))
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["da"])
    return lambda text: [(r.start, r.end, r.entity_type) for r in engine.analyze(text, "da")]


def os2ds() -> Reader:
    """os2ds-rules, the compiled rules of OS2datascanner: names, addresses and CPR numbers."""
    import os2ds_rules

    each = {
        "PERSON": os2ds_rules.NameRule(expansive=True),
        "ADDRESS": os2ds_rules.AddressRule(),
        "CPR": os2ds_rules.CPRDetector(check_mod11=False, examine_context=False),
    }

    def read(text: str) -> list[Stretch]:
        found = []
        raw = text.encode()
        for kind, rule in each.items():
            for match in rule.find_matches(text):
                found.append((*_place(text, raw, match), kind))
        return found

    return read


def _place(text: str, raw: bytes, match: "dict[str, object]") -> "tuple[int, int]":
    """Their offsets are of characters or of bytes, with the last one in or out, and a CPR number is given with a hyphen."""
    words, start, end = str(match["match"]), int(str(match["start"])), int(str(match["end"]))
    for first in (start, len(raw[:start].decode(errors="ignore"))):
        if text.startswith(words, first):
            return first, first + len(words)
    return start, end + 1


def spacy_tagger(folder: str) -> Reader:
    """A spaCy tagger (tok2vec and transitions) that `tagger.py` has taught."""
    import spacy

    nlp = spacy.load(folder)
    return lambda text: [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]


READERS = {
    "ours-full": lambda: ours("full"),
    "ours-fast": lambda: ours("fast"),
    "rules": rules,
    "presidio": presidio,
    "os2ds": os2ds,
}


def main() -> None:
    """`python worker.py READER [FOLDER]`."""
    begun = time.perf_counter()
    lines = [json.loads(line) for line in sys.stdin]
    took = time.perf_counter() - begun
    reader = spacy_tagger(sys.argv[2]) if sys.argv[1] == "spacy" else READERS[sys.argv[1]]()
    reader("Pt. fik 5 mg Morfin kl. 14.30.")
    first = time.perf_counter() - begun - took
    seconds = 0.0
    for line in lines:
        started = time.process_time()
        spans = list(reader(line["text"]))
        seconds += time.process_time() - started
        sys.stdout.write(json.dumps({"id": line["id"], "spans": spans}) + "\n")
        sys.stdout.flush()  # a reader may take the whole process down at the next text
    size = sum(len(line["text"].encode()) for line in lines)
    told = {
        "kB/s": round(size / 1000 / seconds, 1),
        "first call s": round(first, 2),
        "memory MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)  # os2ds-rules ends the process with a fault when it is taken down


if __name__ == "__main__":
    main()
