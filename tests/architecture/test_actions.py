"""The house tests its verbs: every one is recorded, takes time and actor as arguments, and asks no clock."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import uth
from uth import actions
from uth.jobs.notices import NOTICES
from uth.law.terms import Act

SOURCE = Path(uth.__file__).parent
# Public functions of actions/ that change nothing themselves, or only within a recorded one.
NOT_RECORDED = {
    "accounts.keep_typed": "what was typed stays in the person's own session",
    "accounts.open_typed": "only reads, for the one who typed it",
    "intake.submit": "asks for an earlier receipt, then calls the recorded _take",
    "paper.transcribe": "checks the letter, then submits it as any report",
    "handling.take": "locks and checks for the verb that calls it",
    "handling.enter": "appends the step of the verb that calls it",
    "handling.tell_reporter": "part of the verb that calls it",
    "retention.forget_patient": "part of the forwarding's own transaction",
    "attachments.keep": "part of the report's own transaction",
    "drafts.keep": "a draft is the reporter's own until it is sent",
    "drafts.mark_sent": "the sending itself is recorded",
    "drafts.keep_file": "a draft is the reporter's own until it is sent",
    "drafts.drop_file": "a draft is the reporter's own until it is sent",
    "limits.ask": "counts hashed origins, which an audit line would make traceable",
    "limits.count": "counts hashed origins, which an audit line would make traceable",
    "limits.admit": "counts hashed origins, which an audit line would make traceable",
    "mergers.rehearse": "calls the recorded merge, which takes itself back",
    "mergers.shift_cases": "part of the merger's own transaction",
    "places.put_tenure": "part of the verb that calls it",
    "collective.who_receives": "only reads",
    "taken_in.collective": "part of receiving.take_in",
    "tallies.send": "asks what is here already, then calls the recorded _take",
    "receiving.receive": "checks, then calls the recorded take_in",
    "receiving.verify": "only reads",
    "reruns.read_again": "reads without locking, then calls the recorded _keep",
    "taken_in.report": "what the recorded take_in does for its kind",
    "taken_in.duplicate": "what the recorded take_in does for its kind",
    "taken_in.answer": "what the recorded take_in does for its kind",
    "taken_in.publication": "what the recorded take_in does for its kind",
    "vouched.keep_pdf": "part of the answer's or publication's own transaction",
    "publications.authority_of": "only reads",
    "asking.hand_out": "checks, then calls the recorded _fetched where anything is new",
    "counted.rejected": "part of the rejection's own transaction",
    "counted.linked": "part of the linking's own transaction",
    "counted.taken_back": "part of the reopening's own transaction",
    "taken_in.rejection": "what the recorded take_in does for its kind",
}


def public_functions() -> Iterator[tuple[str, object]]:
    for module_info in pkgutil.iter_modules(actions.__path__):
        module = importlib.import_module(f"uth.actions.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            home = inspect.unwrap(function).__module__
            if home == module.__name__ and not name.startswith("_") and module_info.name != "recorded":
                yield f"{module_info.name}.{name}", function


def takes_a_time(function: object) -> bool:
    return "at" in inspect.signature(inspect.unwrap(function)).parameters  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "function"), sorted(public_functions()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_every_action_is_recorded(name: str, function: object) -> None:
    if takes_a_time(function):
        assert getattr(function, "recorded", False) or name in NOT_RECORDED, "wear @recorded, or say why not"
    if getattr(function, "recorded", False):
        assert {"by", "at"} <= set(inspect.signature(inspect.unwrap(function)).parameters)  # type: ignore[arg-type]


def test_every_act_of_the_procedure_has_a_verb() -> None:
    text = "".join(path.read_text() for path in (SOURCE / "actions").glob("*.py"))
    assert {act for act in Act if f"Act.{act.name}" not in text} == set()


CLOCKS = {"now", "today", "utcnow", "localtime", "monotonic", "time"}
BELOW_THE_FACES = ("law", "deid", "stats", "search", "gateways", "records", "actions", "queries")


def clock_calls(path: Path) -> list[int]:
    """Lines on which a module asks a clock: datetime.now(), date.today(), timezone.now(), time.time()."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in {"datetime", "date", "timezone", "time", "datetime.datetime"}
    ]


@pytest.mark.parametrize("room", BELOW_THE_FACES)
def test_no_clock_is_asked_below_the_faces(room: str) -> None:
    asked = {p.name: lines for p in (SOURCE / room).rglob("*.py") if (lines := clock_calls(p))}
    assert asked == {}


def test_every_notice_that_is_sent_has_its_words() -> None:
    used = set()
    for path in (SOURCE / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "outbox.put_mail",
                "tell_reporter",
                "handling.tell_reporter",
            }:
                words = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                used.update(words)
    assert used
    assert used <= set(NOTICES)


def test_no_notice_carries_content_or_a_code() -> None:
    for name, notice in NOTICES.items():
        for word in ("{story}", "{headline}", "{text}", "{code}", "{name}"):
            assert word not in notice.body + notice.subject, name
