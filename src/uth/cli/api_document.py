"""docs/api.md (programmernes indgang på skrift), written from the OpenAPI document and the table of problems."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

HEAD = """# The API

For programs: give reports, follow them, handle cases, and receive nationally. The whole document, for tools, is
served at `/api/v1/openapi.json` (OpenAPI 3.1). JSON in UTF-8 goes in and out; an unknown field is refused, so a
misspelt one is not lost in silence. A site that is only local or only national answers 404 for the other's part.

## Keys

- **Nothing** is needed to give a report, find a place, or ask whether the service lives.
- **Receipt**: `Authorization: Receipt <code>` opens one report. The code stands in the answer to `POST /reports`
  and nowhere else; it never goes in an address.
- **Bearer**: `Authorization: Bearer <key>` acts as a user, with that user's reach and roles. A user makes keys under
  »Min konto«; on the machine, `uth token --email` does. A log-in in a browser is no key.
- **A signature** is the key to `POST /national/reports`: see below.

## Give a report once

Send `Idempotency-Key` with at least 22 random characters that nobody else knows. If no answer comes, send the same
again with the same key: the answer is then 200 with the same receipt, and nothing is counted twice. The key yields
the receipt code, so treat it as a secret.

After many reports, replies or unknown receipt codes in a minute from one origin the answer is 429 with `Retry-After`
and, in the body, `challenge` and `bits` (the header `Uth-Challenge` says the same). Wait, and send again with
`Uth-Ticket` set to the challenge; or at once with `challenge:number`, where SHA-256 of that text begins with so many
zero bits (16: some 65,000 tries). A ticket lets one request in, for half an hour. A repeated `Idempotency-Key` is never slowed.

## Send to the national level

The body is [the national message](message.md) in its one spelling. `Uth-Signature` is the Ed25519 signature in base64
over these lines, joined by `\\n`: {version}, the values of `Uth-Sender`, `Uth-Key-Id`, `Uth-Message-Id` and `Uth-Time`
(ISO 8601 with offset, at most {minutes} minutes from the receiver's clock), and the SHA-256 of the body in hex.
`Uth-Sender` and `Uth-Message-Id` must be those in the body. 201: taken in. 200: it was here already, nothing was
written; both mean that the letter has arrived. Anything else: keep it and send it again later.

A sender's key is registered with `uth keys register` and closed with `uth keys retire`; two may hold at once while a
sender changes key.

## When something goes wrong

Every error is `application/problem+json`: `title`, `status`, `code`, `detail` (a Danish sentence that says what to
do), `instance` (the number to give when asking about it) and, where fields are wrong, `fields` with a sentence each.
"""


def api_page(note: str) -> str:
    """The page, below the note that says where it comes from."""
    from uth.api.problems import CODES
    from uth.api.routes import openapi
    from uth.law.signature import VERSION, WINDOW

    document = openapi()
    minutes = int(WINDOW.total_seconds() // 60)
    return "\n".join(
        [
            note,
            HEAD.format(version=f"`{VERSION}`", minutes=minutes),
            _table(
                ["Status", "Code", "Title"],
                [(s, f"`{code}`", title) for code, (s, title, _) in CODES.items()],
            ),
            "## Operations\n",
            *_operations(document),
            "## Shapes\n",
            *[
                part
                for name, shape in sorted(document["components"]["schemas"].items())
                for part in _shape(name, shape)
            ],
        ]
    )


def _operations(document: Mapping[str, Any]) -> Iterable[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"### `{method.upper()} {path}`\n"
            summary = operation["summary"]
            yield f"{summary}{'' if summary.endswith('?') else '.'} {operation['description']}\n"
            yield _facts(operation)


def _facts(operation: Mapping[str, Any]) -> str:
    key = ", ".join(name for each in operation.get("security", ()) for name in each) or "none"
    lines = [f"- Key: {key}"]
    lines += [_parameter(each) for each in operation["parameters"]]
    if "requestBody" in operation:
        lines += _body(operation["requestBody"]["content"])
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            content = answer.get("content", {}).get("application/json")
            lines.append(f"- {status}: {_kind(content['schema']) if content else 'nothing'}")
    return "\n".join(lines) + "\n"


def _body(content: Mapping[str, Any]) -> Iterable[str]:
    for media, told in content.items():
        if "properties" not in told["schema"]:
            yield f"- Body: {_kind(told['schema'])}"
            continue
        yield f"- Body: `{media}`"
        for name, field in told["schema"]["properties"].items():
            yield f"  - `{name}` ({_kind(field)}): {field.get('description', '')}"


def _parameter(told: Mapping[str, Any]) -> str:
    needed = ", needed" if told["required"] else ""
    says = f": {told['description']}" if told.get("description") else ""
    return f"- `{told['name']}` ({told['in']}{needed}, {_kind(told['schema'])}){says}"


def _shape(name: str, shape: Mapping[str, Any]) -> Iterable[str]:
    yield f"### {name}\n"
    if says := shape.get("description", "").strip():
        yield f"{says}\n"
    if "enum" in shape:
        yield ", ".join(f"`{value}`" for value in shape["enum"]) + "\n"
    elif "properties" in shape:
        needed = shape.get("required", ())
        yield _table(
            ["Field", "", "Holds", ""],
            [
                (f"`{field}`", "needed" if field in needed else "", _kind(of), of.get("description", ""))
                for field, of in shape["properties"].items()
            ],
        )


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if several := schema.get("anyOf", schema.get("allOf")):
        return " or ".join(_kind(each) for each in several)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return " ".join(
        filter(None, (str(schema.get("type", "anything")), schema.get("format", ""), _limits(schema)))
    )


def _limits(schema: Mapping[str, Any]) -> str:
    found = [
        f"{says} {schema[name]}"
        for name, says in (("minLength", "at least"), ("maxLength", "at most"), ("pattern", "like"))
        if name in schema
    ]
    return f"({', '.join(found)})" if found else ""


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )
