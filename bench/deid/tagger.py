"""Teaches the peer: a blank Danish spaCy pipeline on the texts our own tagger learns from, within a budget of processor time.

    python -m bench.deid.tagger OUT SECONDS NARRATIVES… FILE.iob2…

Runs under the peers' Python. What our corpora give no verdict on is given to spaCy as missing, not as nothing.
"""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch
from training.corpus import KINDS, Marked, names, narratives


def learn(out: Path, seconds: float, sources: list[Path]) -> int:
    """Train until the processor time is up; the number of texts seen."""
    nlp = spacy.blank("da")
    nlp.add_pipe("ner")
    texts = [
        text for source in sources for text in (narratives(source) if source.is_dir() else names(source))
    ]
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in (_doc(nlp, text) for text in texts)]
    optimizer = nlp.initialize(lambda: examples[:200])
    until, seen, chance = time.process_time() + seconds, 0, random.Random(1)  # noqa: S311 - the order of the texts
    while time.process_time() < until:
        chance.shuffle(examples)
        for batch in minibatch(examples, 32):
            nlp.update(batch, sgd=optimizer, drop=0.2)
            seen += len(batch)
            if time.process_time() > until:
                break
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(out)
    return seen


def _doc(nlp: spacy.language.Language, text: Marked) -> Doc:
    doc = nlp.make_doc("".join(part.text for part in text.parts))
    entities, unknown = [], []
    for start, end, kind in _stretches(text):
        span = doc.char_span(start, end, label=kind, alignment_mode="expand")
        if span is not None and kind in KINDS:
            entities.append(span)
        elif span is not None and kind == "UNKNOWN":
            unknown.append(span)
    entities = spacy.util.filter_spans(entities)
    taken = {token.i for span in entities for token in span}
    unknown = spacy.util.filter_spans([s for s in unknown if not taken & {token.i for token in s}])
    doc.set_ents(entities, missing=unknown, default="outside")
    return doc


def _stretches(text: Marked) -> Iterator[tuple[int, int, str]]:
    """Neighbouring parts of one kind are one stretch in the news, where each part is a word."""
    at = 0
    last: tuple[int, int, str] | None = None
    for part in text.parts:
        kind, end = part.kind, at + len(part.text)
        if last and kind == last[2] == "PERSON" and last[1] == at:
            last = (last[0], end, kind)
        else:
            if last:
                yield last
            last = (at, end, kind) if kind and part.text.strip() else None
        at = end
    if last:
        yield last


if __name__ == "__main__":
    sys.stdout.write(
        f"{learn(Path(sys.argv[1]), float(sys.argv[2]), [Path(each) for each in sys.argv[3:]])}\n"
    )
