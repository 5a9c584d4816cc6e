"""Shapes (former): how each key of a national message is read, said for people and told as JSON Schema."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from uth.law.clean_text import why_not
from uth.law.terms import Term
from uth.law.text import tidy

type Read = Callable[[str, object], Any]
type Schema = Mapping[str, Any]


class MessageRefused(ValueError):
    """This is no national message: `problem` is a code for machines, `sentence` the Danish one to show."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Shape:
    """What a key may hold: how it is read, and that said for docs/message.md and for the JSON Schema.

    Reading is the law. The schema says as much of it as JSON Schema can, and never refuses what reading takes.
    """

    read: Read
    says: str
    schema: Schema
    words: type[Term] | None = None


UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")
MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)


def refusal(problem: str, key: str, says: str) -> MessageRefused:
    """The refusal of one key. Its value is never repeated back."""
    return MessageRefused(problem, f"Meddelelsen blev afvist: feltet »{key}« {says}.")


def canonical(wire: Mapping[str, Any]) -> bytes:
    """The one spelling of a message in bytes, for signing: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")


def only(value: object, known: Mapping[str, Shape], name: str) -> dict[str, Any]:
    """Every known key and no other, each in its shape. A foreign key's name is not repeated back."""
    if not isinstance(value, dict):
        raise refusal("wrong_type", name, "skal være et opslag")
    if set(value) - set(known):
        raise refusal("unknown_key", name, "indeholder oplysninger, der ikke må videregives")
    if missing := [key for key in known if key not in value]:
        raise refusal("missing", missing[0], "mangler")
    return {key: shape.read(key, value[key]) for key, shape in known.items()}


def of_version(wire: object, known: Mapping[int, Mapping[str, Shape]]) -> Mapping[str, Shape]:
    """The keys of the version a message says it is; of the newest where it says nothing we know, which refuses it."""
    said = wire.get("schema_version") if isinstance(wire, dict) else None
    return known[said] if type(said) is int and said in known else known[max(known)]


def object_schema(known: Mapping[str, Shape]) -> dict[str, Any]:
    """The same as JSON Schema: an object with exactly these keys."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(known),
        "properties": {key: {**shape.schema, "description": shape.says} for key, shape in known.items()},
    }


def one_of[T: Term](terms: type[T]) -> Shape:
    """A code of a closed list."""

    def read(key: str, value: object) -> T:
        code = text(key, value)
        if code not in {term.value for term in terms}:
            raise refusal("unknown_code", key, "har en kode, der ikke findes")
        return terms(code)

    schema = {"type": "string", "enum": [term.value for term in terms]}
    return Shape(read, f"a code of `{terms.__name__}`", schema, terms)


def shaped(pattern: re.Pattern[str], says: str) -> Shape:
    """A text of exactly this pattern."""

    def read(key: str, value: object) -> str:
        if not pattern.fullmatch(found := text(key, value)):
            raise refusal("wrong_shape", key, "har ikke den rette form")
        return found

    ascii_digits = pattern.pattern.replace(r"\d", "[0-9]")
    return Shape(read, says, {"type": "string", "pattern": f"^(?:{ascii_digits})$"})


def maybe(shape: Shape) -> Shape:
    """The same, or null where nobody answered."""

    def read(key: str, value: object) -> Any:
        return None if value is None else shape.read(key, value)

    schema = {"anyOf": [dict(shape.schema), {"type": "null"}]}
    return Shape(read, f"{shape.says}, or null", schema, shape.words)


def some(shape: Shape, most: int) -> Shape:
    """A list of them."""

    def read(key: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise refusal("wrong_type", key, "skal være en liste")
        if len(value) > most:
            raise refusal("too_many", key, f"har flere end {most} koder")
        return tuple(shape.read(key, each) for each in value)

    schema = {"type": "array", "maxItems": most, "items": dict(shape.schema)}
    return Shape(read, f"a list of at most {most}, each {shape.says}", schema, shape.words)


def fixed(word: str) -> Shape:
    """This word and no other."""

    def read(key: str, value: object) -> str:
        if text(key, value) != word:
            raise refusal("unknown_code", key, "har en kode, der ikke findes")
        return word

    return Shape(read, f"`{word}`", {"type": "string", "const": word})


def version(known: tuple[int, ...]) -> Shape:
    """The version of the template; every one that was ever published is still read."""
    newest = max(known)

    def read(key: str, value: object) -> int:
        if type(value) is not int:
            raise refusal("wrong_type", key, "skal være et tal")
        if value not in known:
            raise refusal("unknown_version", key, f"skal være {newest}. Opdatér systemet, der sendte den")
        return value

    return Shape(read, f"the number {' or '.join(map(str, known))}", {"type": "integer", "enum": list(known)})


def number(least: int, most: int) -> Shape:
    """A whole number between two, both counted in."""

    def read(key: str, value: object) -> int:
        if type(value) is not int:
            raise refusal("wrong_type", key, "skal være et tal")
        if not least <= value <= most:
            raise refusal("out_of_range", key, f"skal ligge mellem {least} og {most}")
        return value

    return Shape(
        read, f"a whole number from {least} to {most}", {"type": "integer", "minimum": least, "maximum": most}
    )


def prose(most: int, *, least: int = 0) -> Shape:
    """Words that a person has vouched for: tidy, not too long, and without CPR number or e-mail address."""

    def read(key: str, value: object) -> str:
        found = text(key, value)
        if found != tidy(found):
            raise refusal("not_clean", key, "indeholder tegn, der ikke kan modtages")
        if not least <= len(found) <= most:
            raise refusal("wrong_length", key, f"skal fylde mellem {least} og {most} tegn")
        if sentence := why_not(found):
            raise refusal("not_clean", key, sentence)
        return found

    says = f"approved words, {'at most' if not least else f'{least} to'} {most} characters"
    return Shape(read, says, {"type": "string", "minLength": least, "maxLength": most})


def pdf(most: int) -> Shape:
    """A PDF in base64, or null; a person has vouched for what its pages show."""

    def read(key: str, value: object) -> bytes | None:
        if value is None:
            return None
        try:
            content = base64.b64decode(text(key, value), validate=True)
        except ValueError:
            raise refusal("wrong_shape", key, "er ikke base64") from None
        if not content.startswith(b"%PDF-"):
            raise refusal("wrong_shape", key, "er ikke en PDF")
        if len(content) > most:
            raise refusal("too_large", key, f"fylder over {most // 1024 // 1024} MB")
        return content

    longest = 4 * ((most + 2) // 3)
    schema = {
        "type": ["string", "null"],
        "contentEncoding": "base64",
        "contentMediaType": "application/pdf",
        "maxLength": longest,
    }
    return Shape(read, f"a PDF of at most {most // 1024 // 1024} MB in base64, or null", schema)


def text(key: str, value: object) -> str:
    """Text, or refused."""
    if not isinstance(value, str):
        raise refusal("wrong_type", key, "skal være tekst")
    return value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise refusal("wrong_type", key, "skal være ja eller nej")
    return value


FLAG = Shape(_flag, "true or false", {"type": "boolean"})
A_MONTH = shaped(MONTH, "a month, `YYYY-MM`")
A_UUID = shaped(UUID4, "a random UUID (version 4), lower case")
A_SENDER = shaped(KEY, "the sending authority's key")
