"""Reading again: new proposals where nobody has approved, a list where somebody has, and a person's word stands."""

from typing import Any

import pytest
from tests.cases import case_at
from tests.conftest import NOW
from tests.people import who

from uth.actions import organisations, redaction, reruns
from uth.actions.reruns import Outcome, combined, edited, read_again
from uth.deid.engine import Kind, Span, find
from uth.deid.replace import Cast, replace
from uth.deid.tagger import TaggerMissing
from uth.law.actor import SYSTEM
from uth.law.terms import Approvers, Section, State
from uth.queries import reruns as told
from uth.records.audit import AuditLine
from uth.records.cases import Case
from uth.records.redactions import Redaction, finding_of
from uth.records.reruns import Reread, Rerun

pytestmark = pytest.mark.django_db(databases=["default", "national"])

STORY = "Sygeplejerske Hanne Holm gav dobbelt dosis, og Bo Berg ringede på 22 33 44 55."


def begun(*, anew: bool = False) -> int:
    return reruns.begin(anew=anew, by=SYSTEM, at=NOW)


def again(rerun: int, case: Case) -> Outcome:
    return read_again(rerun, case.pk, by=SYSTEM, at=NOW)


def story(case: Case) -> Redaction:
    return Redaction.objects.get(case=case, section=Section.STORY)


def older(case: Case, *found: str) -> Redaction:
    """As an engine that found only these left it."""
    row, text = story(case), case.report.story
    spans = [Span(text.find(w), text.find(w) + len(w), Kind.PERSON, w, "title", 0.9) for w in found]
    row.findings = [finding_of(span) for span in spans]
    row.clean_text, row.leaks = replace(text, spans), []
    row.save()
    return row


def concluded(*found: str) -> Case:
    case = case_at(State.CONCLUDED, at=NOW, story=STORY)
    older(case, *found)
    return case


def audit(case: Case) -> list[str]:
    return list(AuditLine.objects.filter(case=case.pk).order_by("pk").values_list("word", flat=True))


def test_what_nobody_has_approved_is_proposed_anew_with_an_audit_line() -> None:
    case = concluded()
    version = case.version
    assert again(begun(), case) is Outcome.ANEW
    row = story(case)
    case.refresh_from_db()
    assert not [word for word in ("Holm", "Berg", "22 33") if word in row.clean_text]
    assert row.clean_text == replace(STORY, find(STORY))
    assert (case.version, audit(case)[-1]) == (version + 1, "redaction.proposed_anew")


def test_what_is_the_same_stays_and_whoever_reads_it_may_approve_it() -> None:
    case = case_at(State.CONCLUDED, at=NOW, story=STORY)
    before = story(case)
    assert again(begun(), case) is Outcome.SAME
    case_now = Case.objects.get(pk=case.pk)
    assert (story(case).clean_text, case_now.version) == (before.clean_text, case.version)


def test_a_case_is_read_once_a_rerun_and_again_in_the_next() -> None:
    case = concluded()
    first = begun()
    assert case.pk in told.left(first)
    again(first, case)
    assert (case.pk in told.left(first), told.done(first)) == (False, 1)
    reruns.end(first, by=SYSTEM, at=NOW)
    assert case.pk in told.left(begun())


def test_an_unfinished_rerun_is_gone_on_with_unless_a_new_one_is_asked_for() -> None:
    first = begun()
    assert begun() == first
    second = begun(anew=True)
    assert second != first
    assert begun() == second
    assert Rerun.objects.get(pk=first).finished_at == NOW


def test_what_a_person_let_stand_is_not_hidden_again_and_what_they_hid_stays_hidden() -> None:
    case = concluded("Hanne Holm")
    decision = redaction.Decision(kept=frozenset(), added=(("dobbelt dosis", Kind.ID),))
    redaction.revise(case.pk, decisions={Section.STORY: decision}, by=who("Carl"), at=NOW)
    assert again(begun(), case) is Outcome.ANEW
    clean = story(case).clean_text
    assert "Hanne Holm" in clean
    assert not [word for word in ("dobbelt dosis", "Berg", "22 33") if word in clean]


def test_a_text_a_person_has_written_in_stays_and_what_is_found_in_it_blocks_the_approval() -> None:
    case = concluded("Hanne Holm")
    mine = story(case).clean_text.replace("dobbelt dosis", "for meget")
    decision = redaction.Decision(kept=frozenset({0}), clean=mine)
    redaction.revise(case.pk, decisions={Section.STORY: decision}, by=who("Carl"), at=NOW)
    Redaction.objects.filter(case=case).update(leaks=[])
    assert again(begun(), case) is Outcome.ANEW
    row = story(case)
    assert row.clean_text == mine
    assert {"22 33 44 55"} <= {mine[leak["start"] : leak["end"]] for leak in row.leaks}


@pytest.mark.parametrize("state", [State.APPROVED, State.FORWARDED])
def test_an_approved_text_is_told_of_by_counts_and_not_changed(state: State) -> None:
    case = case_at(state, at=NOW, story=STORY)
    row = story(case)
    row.clean_text += " Ring til Gudrun Thaysen på 22 33 44 55."
    row.save()
    rerun = begun()
    assert again(rerun, case) is Outcome.FOUND
    (one,) = told.still_there(rerun)
    assert (one.number, one.state) == (case.number, state)
    assert one.found == {Kind.PERSON: 1, Kind.PHONE: 1}
    after = story(case)
    assert (after.clean_text, after.approved_at) == (row.clean_text, row.approved_at)
    line = AuditLine.objects.filter(case=case.pk).order_by("pk").last()
    assert line is not None
    assert (line.word, line.detail["found"]) == ("redaction.reread", {"person": 1, "phone": 1})


def test_what_a_person_overruled_is_not_told_of_again() -> None:
    case = case_at(State.APPROVED, at=NOW, story=STORY)
    row = story(case)
    start = len(row.clean_text) + 1
    row.clean_text += " Gudrun Thaysen."
    row.leaks = [{"start": start, "end": start + 14, "kind": "person", "overruled": True}]
    row.save()
    assert again(begun(), case) is Outcome.SAME


def test_a_case_that_is_worked_on_again_is_left_alone() -> None:
    case = case_at(State.IN_PROGRESS, at=NOW)
    before = audit(case)
    rerun = begun()
    assert case.pk not in told.left(rerun)
    assert again(rerun, case) is Outcome.ELSEWHERE
    assert (audit(case), told.done(rerun)) == (before, 0)


def test_a_case_somebody_changes_meanwhile_is_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    case = concluded()
    looked: list[int] = []
    real = reruns.find

    def find(*text: Any, **more: Any) -> Any:
        if not looked:
            Case.objects.filter(pk=case.pk).update(version=case.version + 7)
        looked.append(1)
        return real(*text, **more)

    monkeypatch.setattr(reruns, "find", find)
    assert again(begun(), case) is Outcome.ANEW
    assert len(looked) == 2 * Redaction.objects.filter(case=case).count()


def test_a_case_that_never_rests_is_left_for_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    case = concluded()
    real = reruns.find

    def find(*text: Any, **more: Any) -> Any:
        now = Case.objects.get(pk=case.pk)
        Case.objects.filter(pk=case.pk).update(version=now.version + 1)
        return real(*text, **more)

    monkeypatch.setattr(reruns, "find", find)
    rerun = begun()
    assert again(rerun, case) is Outcome.BUSY
    assert case.pk in told.left(rerun)


@pytest.mark.parametrize("broken", ["find", "second_look"])
def test_an_engine_that_cannot_read_changes_nothing(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = concluded()
    before, lines = story(case).clean_text, audit(case)

    def fails(*text: Any, **more: Any) -> Any:
        raise TaggerMissing

    monkeypatch.setattr(reruns, broken, fails)
    rerun = begun()
    with pytest.raises(TaggerMissing):
        again(rerun, case)
    assert (story(case).clean_text, audit(case), told.done(rerun)) == (before, lines, 0)


def test_broken_on_the_way_a_case_keeps_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    case = concluded()
    before = story(case).clean_text

    def fails(self: Case, *given: Any, **more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Case, "save", fails)
    rerun = begun()
    with pytest.raises(RuntimeError):
        again(rerun, case)
    assert (story(case).clean_text, Reread.objects.count()) == (before, 0)


def test_an_older_engines_words_for_what_is_hidden_are_no_edit_by_a_person() -> None:
    text = "Hanne Holm faldt, og Bo Berg ringede."
    findings = [
        finding_of(Span(0, 10, Kind.PERSON, "Hanne Holm", "title", 0.9)),
        finding_of(Span(21, 28, Kind.PERSON, "Bo Berg", "title", 0.9)),
    ]
    assert not edited(text, findings, "[navn 1] faldt, og [en anden person] ringede.", Cast())
    assert edited(text, findings, "[navn 1] faldt, og [navn 2] råbte.", Cast())
    assert edited(text, findings, "Hun faldt, og [navn 2] ringede.", Cast())


def test_only_decisions_of_a_person_bind_the_new_engine() -> None:
    old = [finding_of(Span(0, 3, Kind.PERSON, "Maj", "list", 0.4))]
    new = [Span(10, 15, Kind.PERSON, "Hanne", "title", 0.9)]
    assert combined(old, new) == [finding_of(new[0])]
    dismissed = [old[0] | {"kept": False}, finding_of(Span(5, 8, Kind.ID, "123", "code", 0.9))]
    assert combined(dismissed, [*new, Span(0, 3, Kind.PERSON, "Maj", "tagger", 0.9)]) == [
        dismissed[0],
        dismissed[1],
        finding_of(new[0]),
    ]


def test_of_two_who_approve_the_first_must_read_the_new_text_too() -> None:
    organisations.set_approvers(organisation="DK-84", approvers=Approvers.TWO, by=who("Adam"), at=NOW)
    case = concluded()
    assert not redaction.approve(case.pk, by=who("Carl"), at=NOW)
    assert story(case).first_at
    assert again(begun(), case) is Outcome.ANEW
    assert [row.first_at for row in Redaction.objects.filter(case=case)] == [None] * len(
        Redaction.objects.filter(case=case)
    )
