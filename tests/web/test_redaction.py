"""Redaction in the browser: every finding is a person's choice, a second look follows, and what is sent is shown first."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cases import approve_all, case_at, deliver
from tests.web.desk import at_most, browser_of

from uth.law.terms import Section, State
from uth.records.cases import Case
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])

STORY = (
    "Sygeplejerske Hanne Holm gav Ellen Lauridsen for meget morfin. Hanne ringede til lægen på 12 34 56 78."
)
IDENTITY = {"story": STORY, "headline": "For meget morfin", "patient_name": "Ellen Test Lauridsen"}


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def url_of(case: Case) -> str:
    return f"/sager/{case.pk}/anonymisering/"


def as_shown(case: Case, **changes: Any) -> dict[str, Any]:
    """What the page's form posts when nobody has touched it, with changes."""
    case.refresh_from_db()
    form: dict[str, Any] = {"version": case.version}
    for row in Redaction.objects.filter(case=case):
        form[f"{row.section}-fund"] = [str(i) for i, f in enumerate(row.findings) if f["kept"]]
        form[f"{row.section}-tekst"] = row.clean_text.replace("\n", "\r\n")
        form |= {f"{row.section}-rest-{i}": "iorden" for i, leak in enumerate(row.leaks) if leak["overruled"]}
    return form | changes


def story_of(case: Case) -> Redaction:
    return Redaction.objects.get(case=case, section=Section.STORY)


def test_original_and_clean_text_stand_side_by_side_with_every_finding(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, **IDENTITY)
    page = browser_of("Carl").get(url_of(case))
    story = story_of(case)
    assert page.text.count('name="story-fund"') == len(story.findings) > 2
    assert "Hanne Holm" in page.text
    assert "[patienten]" in page.text
    assert "Systemet finder ikke alt" in page.text


def test_no_sentence_says_left_or_right_since_on_a_telephone_there_is_neither(now: datetime) -> None:
    page = browser_of("Carl").get(url_of(case_at(State.CONCLUDED, at=now, **IDENTITY))).text
    assert "Læs hele teksten under »Som den bliver videregivet«" in page
    assert "til højre" not in page
    assert "til venstre" not in page


def test_a_finding_can_be_overruled(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Hanne Holm gav forkert dosis.")
    before = story_of(case)
    assert "Hanne" not in before.clean_text
    browser_of("Carl").post(url_of(case), as_shown(case, **{"story-fund": [], "gem": "1"}))
    assert story_of(case).clean_text == "Hanne Holm gav forkert dosis."
    assert not any(f["kept"] for f in story_of(case).findings)


def test_a_missed_word_can_be_hidden_and_stays_out_of_other_words(now: datetime) -> None:
    case = case_at(
        State.CONCLUDED,
        at=now,
        story="Den blå kande faldt ved kandebordet. Kandens hank knækkede, og en kande mere gik itu.",
    )
    given = as_shown(case, **{"story-skjul-0": "kande", "story-slags-0": "person", "gem": "1"})
    page = browser_of("Carl").post(url_of(case), given, follow=True)
    assert page.redirect_chain
    clean = story_of(case).clean_text
    assert "kandebordet" in clean
    assert clean.lower().count("kande") == 2


def test_words_that_stand_nowhere_in_the_text_are_not_said_to_be_hidden(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Den blå kande faldt. Kurt så det.")
    before = story_of(case).clean_text
    given = as_shown(case, **{"story-skjul-0": "kande", "story-skjul-1": "Kunrt ", "gem": "1"})
    page = browser_of("Carl").post(url_of(case), given)
    assert page.status_code == 400
    assert "»Kunrt« står ikke i »Hvad skete der«" in page.text
    assert 'href="#story-skjul-1"' in page.text
    assert 'value="Kunrt "' in page.text
    assert story_of(case).clean_text == before
    given |= {"story-skjul-1": "Kurt"}
    browser_of("Carl").post(url_of(case), given)
    assert "kande" not in story_of(case).clean_text


def test_a_text_can_be_edited_by_hand_and_is_looked_at_again(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    given = as_shown(case, **{"story-tekst": "Ring til 20 30 40 50.\r\nI morgen.", "gem": "1"})
    page = browser_of("Carl").post(url_of(case), given, follow=True)
    story = story_of(case)
    assert story.clean_text == "Ring til 20 30 40 50.\nI morgen."
    assert len(story.leaks) == 1
    assert "20 30 40 50" in page.text
    assert "Det er i orden" in page.text


def test_words_hidden_later_are_hidden_in_an_edited_text_too(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    browser.post(url_of(case), as_shown(case, **{"story-tekst": "Skrevet af Trunte i hånden.", "gem": "1"}))
    browser.post(
        url_of(case), as_shown(case, **{"story-skjul-0": "Trunte", "story-slags-0": "person", "gem": "1"})
    )
    assert story_of(case).clean_text == "Skrevet af [navn] i hånden."


def test_a_leak_must_be_answered_before_approval(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    browser.post(
        url_of(case), as_shown(case, **{"story-tekst": "Nummeret 20 30 40 50 på pumpen.", "gem": "1"})
    )
    page = browser.post(url_of(case), as_shown(case, godkend="1", laest="1"))
    assert "Tag stilling til »20 30 40 50«" in page.text
    assert 'id="laest" name="laest" value="1" checked' in page.text
    case.refresh_from_db()
    assert case.state == State.CONCLUDED


def test_a_leak_let_stand_is_approved_by_that_person(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    browser.post(
        url_of(case), as_shown(case, **{"story-tekst": "Nummeret 20 30 40 50 på pumpen.", "gem": "1"})
    )
    done = browser.post(
        url_of(case), as_shown(case, **{"story-rest-0": "iorden", "godkend": "1", "laest": "1"})
    )
    assert done.url == f"/sager/{case.pk}/videregiv/"
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_a_leak_can_be_hidden(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    browser.post(url_of(case), as_shown(case, **{"story-tekst": "Ring 20 30 40 50 straks.", "gem": "1"}))
    browser.post(url_of(case), as_shown(case, **{"story-rest-0": "skjul", "gem": "1"}))
    assert story_of(case).clean_text == "Ring [telefonnummer] straks."
    assert not story_of(case).leaks


def test_approval_asks_that_the_text_has_been_read(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    page = browser_of("Carl").post(url_of(case), as_shown(case, godkend="1"))
    assert "Sæt kryds ved, at du har læst teksten" in page.text


def test_a_change_and_approval_in_one_saves_and_asks_to_read_again(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    given = as_shown(case, **{"story-tekst": "En anden tekst.", "godkend": "1", "laest": "1"})
    page = browser_of("Carl").post(url_of(case), given, follow=True)
    assert "Læs den nye tekst igennem" in page.text
    case.refresh_from_db()
    assert case.state == State.CONCLUDED


def test_two_people_on_one_redaction_do_not_overwrite_each_other(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    old = as_shown(case, **{"story-tekst": "Carls udgave.", "gem": "1"})
    browser_of("Rikke").post(url_of(case), as_shown(case, **{"story-tekst": "Rikkes udgave.", "gem": "1"}))
    page = browser_of("Carl").post(url_of(case), old)
    assert "En kollega har ændret sagen" in page.text
    assert "Carls udgave." in page.text
    assert story_of(case).clean_text == "Rikkes udgave."


def test_a_cpr_number_written_by_hand_is_refused_in_a_sentence(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    browser.post(
        url_of(case), as_shown(case, **{"story-tekst": "CPR 020191-9996 stod på arket.", "gem": "1"})
    )
    page = browser.post(
        url_of(case), as_shown(case, **{"story-rest-0": "iorden", "godkend": "1", "laest": "1"})
    )
    assert "ligner et CPR-nummer" in page.text


def test_what_will_be_sent_is_shown_and_then_sent(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, **IDENTITY)
    approve_all(case.pk, now)
    browser = browser_of("Carl")
    url = f"/sager/{case.pk}/videregiv/"
    browser.get(url)  # the texts beside the button are kept from the first look
    with at_most(12):
        page = browser.get(url)
    for words in (
        "Det kan ikke fortrydes",
        "Samlet alvorlighed",
        "morfin",
        "Region Hovedstaden",
        "Forkert dosis",
    ):
        assert words in page.text
    for identity in ("Hanne", "Ellen", "12 34 56 78"):
        assert identity not in page.text
    case.refresh_from_db()
    done = browser.post(url, {"version": case.version}, follow=True)
    assert "ligger i udbakken" in done.text
    case.refresh_from_db()
    deliver(case, at=now)
    sent = browser.get(url)
    assert "Modtaget af det nationale niveau" in sent.text
    assert "morfin" in sent.text


def test_a_stale_forward_sends_nothing(now: datetime) -> None:
    case = case_at(State.APPROVED, at=now)
    page = browser_of("Carl").post(f"/sager/{case.pk}/videregiv/", {"version": 1})
    assert "En kollega har ændret sagen" in page.text
    case.refresh_from_db()
    assert case.state == State.APPROVED


def test_the_redaction_page_asks_at_most_twelve_questions(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, **IDENTITY)
    browser = browser_of("Carl")
    with at_most(12):
        browser.get(url_of(case))


def test_every_finding_says_why_and_an_unsure_one_says_so(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, **IDENTITY)
    story = story_of(case)
    story.findings[0]["score"] = 0.3
    story.save()
    page = browser_of("Carl").get(url_of(case))
    assert "kendt fra sagens egne oplysninger" in page.text
    assert page.text.count("Usikkert fund") == 1
    assert "usikkert, bliver skjult" in page.text


def test_a_finding_kept_before_scores_were_is_still_read(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, **IDENTITY)
    story = story_of(case)
    story.findings = [{k: v for k, v in each.items() if k != "score"} for each in story.findings]
    story.save()
    page = browser_of("Carl").get(url_of(case))
    assert page.status_code == 200
    assert "Usikkert fund" not in page.text


def test_another_kind_gives_another_placeholder_and_the_machines_word_is_remembered(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Ring til 20 30 40 50 i morgen.")
    given = as_shown(case, **{"story-type-0": "id", "gem": "1"})
    page = browser_of("Carl").post(url_of(case), given, follow=True)
    assert story_of(case).clean_text == "Ring til [nummer] i morgen."
    assert story_of(case).findings[0]["proposed"] == "phone"
    assert "Systemet foreslog telefonnummer" in page.text
    browser_of("Carl").post(url_of(case), as_shown(case, **{"story-type-0": "phone", "gem": "1"}))
    assert "proposed" not in story_of(case).findings[0]
    assert story_of(case).clean_text == "Ring til [telefonnummer] i morgen."


def test_changes_are_shown_before_they_are_saved_and_nothing_is_kept(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Ring til 20 30 40 50. Trunte så det.")
    given = as_shown(case, **{"story-type-0": "id", "story-skjul-0": "Trunte", "vis": "story"})
    page = browser_of("Carl").post(url_of(case), given)
    assert page.status_code == 200
    assert "Ring til [nummer]." in page.text
    assert "Det er ikke gemt endnu" in page.text
    assert 'value="Trunte"' in page.text
    assert story_of(case).clean_text.startswith("Ring til [telefonnummer]")
    part = browser_of("Carl").post(url_of(case), given | {"del": "1"})
    assert part.text.lstrip().startswith("<section")
    assert "Ring til [nummer]." in part.text


def test_more_missed_words_than_there_were_rows_for_are_all_hidden(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Trunte, Bølle, Snulle og Vovse så det.")
    names = ("Trunte", "Bølle", "Snulle", "Vovse")
    rows = {f"story-skjul-{n}": name for n, name in enumerate(names)}
    browser_of("Carl").post(url_of(case), as_shown(case, **rows, gem="1"))
    assert not any(name in story_of(case).clean_text for name in names)


def test_words_over_a_broken_line_are_found(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Det var Tulle\nMulle fra køkkenet.")
    browser_of("Carl").post(url_of(case), as_shown(case, **{"story-skjul-0": "Tulle Mulle", "gem": "1"}))
    assert "Tulle" not in story_of(case).clean_text
    assert "Mulle" not in story_of(case).clean_text


def test_a_text_that_may_be_recognised_says_why_and_what_to_do_before_it_leaves(now: datetime) -> None:
    case = case_at(
        State.CONCLUDED, at=now, story="Patienten har Huntingtons chorea. Sagen har været i avisen."
    )
    page = browser_of("Carl").get(url_of(case)).content.decode()
    assert "Kan genkendes, fordi …" in page
    assert "»i avisen«" in page
    assert "Udelad, at den har været omtalt." in page
    approve_all(case.pk, at=now)
    assert "Kan genkendes, fordi …" in browser_of("Carl").get(f"/sager/{case.pk}/videregiv/").content.decode()


def test_an_everyday_event_is_not_said_to_be_recognisable(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Patienten fik to gange den samme tablet.")
    assert "Kan genkendes" not in browser_of("Carl").get(url_of(case)).content.decode()
