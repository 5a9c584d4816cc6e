"""The house tests itself (ground floor): every word has a label, every state a way on, every rule a source."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import uth.law
from uth.law import confidentiality, duty, procedure, routing, rulebook, terms
from uth.law.terms import Act, Role, State, Term

ROOT = Path(__file__).parents[2]
LAW = sorted((ROOT / "src/uth/law").glob("*.py"))
FLOOR = [
    path for name in ("law", "deid", "stats", "search") for path in (ROOT / "src/uth" / name).rglob("*.py")
]
MODULES = [importlib.import_module(f"uth.law.{each.name}") for each in pkgutil.iter_modules(uth.law.__path__)]
TERMS = sorted(
    {
        member
        for module in MODULES
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Term) and member is not Term
    },
    key=lambda member: member.__name__,
)


def name(thing: object) -> str:
    return getattr(thing, "__name__", None) or getattr(thing, "name", None) or str(thing)


# ── words ──


@pytest.mark.parametrize("words", TERMS, ids=name)
def test_every_word_of_the_law_has_a_danish_label_of_its_own(words: type[Term]) -> None:
    labels = [member.danish for member in words]
    assert all(labels)
    assert len(labels) == len(set(labels))


def test_the_glossary_has_every_term() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    written = {
        node.name
        for path in (ROOT / "src/uth").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Term" for base in node.bases)
    }
    assert {each.__name__ for each in TERMS} <= written
    assert {each for each in written if f"`{each}`" not in glossary} == set(), "add it to docs/glossary.md"


@pytest.mark.parametrize("words", TERMS, ids=name)
def test_a_stored_value_is_plain_lower_case(words: type[Term]) -> None:
    assert all(member.value == member.value.lower() and member.value.isascii() for member in words)


# ── tables ──


@pytest.mark.parametrize("state", State, ids=name)
def test_every_state_has_a_way_on_or_is_final(state: State) -> None:
    leaves = any(at is state and step.to is not state for (at, _), step in procedure.STEPS.items())
    assert leaves != (state in procedure.FINAL)


@pytest.mark.parametrize("act", Act, ids=name)
def test_every_act_is_possible_somewhere(act: Act) -> None:
    assert any(at is act for _, at in procedure.STEPS)


def test_every_state_is_open_final_rejected_or_linked() -> None:
    assert procedure.OPEN | procedure.FINAL | {State.REJECTED, State.LINKED} == set(State)
    assert not procedure.OPEN & procedure.FINAL


@pytest.mark.parametrize("role", Role, ids=name)
def test_every_role_is_decided_in_the_table_of_confidentiality(role: Role) -> None:
    decided = {at for at, _ in confidentiality.TABLE}
    assert role in decided or role is Role.SYSTEM, f"{role} sees nothing: say so here if that is meant"


def test_every_rule_has_a_source() -> None:
    assert all(each.source.strip() for each in rulebook.rules())


def test_every_row_of_routing_has_a_paragraph_and_names_its_recipient() -> None:
    assert all(row.paragraph.startswith("§ 4, stk. ") and "{name}" in row.says for row in routing.TABLE)


def test_every_way_the_duty_was_drawn_is_a_word_we_know() -> None:
    assert {each.text for each in rulebook.periods("duty")} <= {each.value for each in duty.Duty}


def test_every_kind_of_privacy_is_explained() -> None:
    assert all(each.value for each in terms.Privacy)


# ── code ──


@pytest.mark.parametrize("path", LAW, ids=name)
def test_every_module_opens_with_one_sentence_and_its_danish_word(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = doc.splitlines()[0] if doc else ""
    assert first.endswith(".")
    if path.name != "__init__.py":
        assert "(" in first, "the first line carries the Danish word in parentheses"


@pytest.mark.parametrize("path", LAW, ids=name)
def test_files_stay_under_400_lines_and_functions_under_60(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime", "monotonic", "perf_counter"}


@pytest.mark.parametrize("path", FLOOR, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_ground_floor_has_no_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, f"line {node.lineno}: time is an argument"


def test_no_authority_and_no_number_of_days_is_written_in_code() -> None:
    """They stand in rules.toml and in the places' data; code asks for them with a day."""
    for path in LAW:
        words = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant)
        }
        for value in ("Patientombuddet", "Styrelsen for Patientsikkerhed", "Region Hovedstaden", 7, 90):
            assert value not in words, f"{path.name}: {value}"


def test_the_law_knows_neither_django_nor_the_network() -> None:
    modules = ", ".join(module.__name__ for module in MODULES)
    probe = f"import sys, {modules}; print([m for m in ('django', 'socket', 'ssl', 'http.client') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
