"""People (brugere): an administrator rules the own subtree, by one-time links, dated roles and audit lines."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from tests.cases import case_at
from tests.people import PEOPLE, who

from uth.actions import leaving, organisations, people, senders
from uth.actions.handling import Refused
from uth.jobs import letters
from uth.law.actor import NOBODY, SYSTEM, Hidden, user
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import Role, State
from uth.queries import administration
from uth.queries.people import invitation, standing
from uth.records.cases import Case, CaseStep
from uth.records.models import AuditLine
from uth.records.national.models import NationalAuditLine, SenderKey
from uth.records.organisations import Organisation
from uth.records.outbox import Letter
from uth.records.people import Invitation, Membership, User

pytestmark = pytest.mark.django_db(databases=["default", "national"])
PASSWORD = "fire grønne æbler i skoven"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def invite(now: datetime, *, by: str = "Adam", role: Role = Role.HANDLER, **changes: str) -> people.Invited:
    asked = {"email": "ny@opdigtet.invalid", "organisation": "DK-84"} | changes
    return people.invite(**asked, role=role, by=who(by), at=now)  # type: ignore[arg-type]


def token_of(invited: people.Invited) -> str:
    return invited.path.split("/")[-2]


def join(invited: people.Invited, now: datetime) -> int:
    return people.accept_invitation(token_of(invited), name="Nye Ny", password=PASSWORD, by=NOBODY, at=now)


# Invitations


def test_an_invited_colleague_chooses_a_password_and_has_the_role(now: datetime) -> None:
    number = join(invite(now), now)
    assert User.objects.get(pk=number).check_password(PASSWORD)
    assert standing(by=user(number), at=now).roles == {Role.HANDLER}
    assert AuditLine.objects.filter(chain="DK-84", word="user.joined").exists()


def test_the_link_is_made_when_the_mail_is_written(now: datetime) -> None:
    invited = invite(now)
    letter = Letter.objects.get(template="invitation")
    row = Invitation.objects.get(pk=invited.id)
    assert token_of(invited) not in str(letter.body) + letter.to + row.token_hash
    address = letters.address_of(letter.to)
    assert address == "ny@opdigtet.invalid"
    assert invited.path in letters.write(letter, address).get_content()


def test_a_link_works_once(now: datetime) -> None:
    invited = invite(now)
    join(invited, now)
    with pytest.raises(Hidden):
        join(invited, now)


def test_a_link_runs_out(now: datetime) -> None:
    with pytest.raises(Hidden):
        join(invite(now), now + people.INVITATION_LASTS)


def test_a_new_invitation_stops_the_old_one(now: datetime) -> None:
    old = invite(now)
    new = invite(now + timedelta(hours=1))
    with pytest.raises(Hidden):
        join(old, now + timedelta(hours=2))
    join(new, now + timedelta(hours=2))


def test_a_withdrawn_invitation_opens_nothing(now: datetime) -> None:
    invited = invite(now)
    people.withdraw_invitation(invited.id, by=who("Adam"), at=now)
    with pytest.raises(Hidden):
        join(invited, now + timedelta(seconds=1))


def test_a_stranger_with_a_link_cannot_take_a_known_colleagues_account(now: datetime) -> None:
    invited = invite(now, email="erik@demo.invalid")
    with pytest.raises(NotAllowed, match="Log ind"):
        join(invited, now)
    people.accept_invitation(token_of(invited), name="", password="", by=who("Erik"), at=now)
    assert standing(by=who("Erik"), at=now).roles == {Role.HANDLER}


@pytest.mark.parametrize("weak", ["", "kort", "password1234", "ny@opdigtet.invalid"])
def test_a_weak_password_leaves_the_link_unused(now: datetime, weak: str) -> None:
    invited = invite(now)
    with pytest.raises(Refused) as refused:
        people.accept_invitation(token_of(invited), name="Nye Ny", password=weak, by=NOBODY, at=now)
    assert "password" in refused.value.problems
    join(invited, now)


def test_an_invitation_falls_with_the_administrator_who_gave_it(now: datetime) -> None:
    invited = invite(now)
    people.suspend(PEOPLE["Adam"], by=SYSTEM, at=now)
    with pytest.raises(Hidden):
        join(invited, now)
    assert invitation(token_of(invited), by=NOBODY, at=now) is None
    people.reopen(PEOPLE["Adam"], by=SYSTEM, at=now)
    join(invited, now)


def second_administrator(now: datetime, organisation: str = "DK-84") -> None:
    people.grant(user_id=PEOPLE["Rikke"], organisation=organisation, role=Role.ADMIN, by=SYSTEM, at=now)


def test_nobody_gives_themselves_a_role_while_there_is_another_administrator(now: datetime) -> None:
    second_administrator(now)
    mine = {"organisation": "DK-84", "role": Role.RISK_MANAGER, "by": who("Adam"), "at": now}
    with pytest.raises(NotAllowed, match="anden administrator"):
        people.grant(user_id=PEOPLE["Adam"], **mine)
    with pytest.raises(NotAllowed, match="anden administrator"):
        people.invite(email="Adam@demo.invalid ", **mine)
    people.grant(user_id=PEOPLE["Adam"], **mine | {"by": who("Rikke")})


def test_an_administrator_who_is_alone_can_and_it_shows(now: datetime) -> None:
    second_administrator(now, organisation="0461")
    people.grant(user_id=PEOPLE["Adam"], organisation="DK-84", role=Role.INTAKE, by=who("Adam"), at=now)
    line = AuditLine.objects.filter(word="role.granted").latest("pk")
    assert (line.actor, line.detail["user"]) == (str(who("Adam")), PEOPLE["Adam"])


def test_a_colleague_who_begins_elsewhere_tomorrow_is_not_shut_out_by_the_old_place(now: datetime) -> None:
    tomorrow = danish_day(now) + timedelta(days=1)
    coming = {"organisation": "0461", "role": Role.HANDLER, "since": tomorrow}
    people.grant(user_id=PEOPLE["Carl"], **coming, by=SYSTEM, at=now)  # type: ignore[arg-type]
    for act in (people.suspend, people.reset_two_steps):
        with pytest.raises(NotAllowed, match="uden for dit område"):
            act(PEOPLE["Carl"], by=who("Adam"), at=now)


def test_who_is_nothing_yet_and_logs_in_by_one_step_gets_no_key(now: datetime) -> None:
    with pytest.raises(NotAllowed, match="ingen rolle"):
        people.new_api_token(user_id=PEOPLE["Erik"], label="t", by=who("Erik"), at=now)


def test_a_stranger_is_invited_and_not_taken(now: datetime) -> None:
    with pytest.raises(Hidden):
        people.grant(
            user_id=PEOPLE["Kirsten"], organisation="DK-84", role=Role.HANDLER, by=who("Adam"), at=now
        )


# The own subtree, and nothing else


@pytest.mark.parametrize("name", ["Bo", "Carl", "Dorte", "Erik"])
def test_who_is_no_administrator_administers_nothing(now: datetime, name: str) -> None:
    with pytest.raises(Hidden):
        invite(now, by=name)
    with pytest.raises(Hidden):
        administration.overview(by=who(name), at=now)
    with pytest.raises(Hidden):
        people.suspend(PEOPLE["Kirsten"], by=who(name), at=now)


def test_an_administrator_does_not_reach_another_authority(now: datetime) -> None:
    with pytest.raises(Hidden):
        invite(now, organisation="0151")
    with pytest.raises(Hidden):
        people.suspend(PEOPLE["Kirsten"], by=who("Adam"), at=now)
    with pytest.raises(Hidden):
        administration.person(PEOPLE["Kirsten"], by=who("Adam"), at=now)
    assert "Kirsten" not in {line.name for line in administration.overview(by=who("Adam"), at=now).people}


def test_an_administrator_of_a_region_cannot_make_national_staff(now: datetime) -> None:
    with pytest.raises(Refused):
        invite(now, role=Role.NATIONAL)
    with pytest.raises(Refused):
        invite(now, role=Role.SYSTEM)


def test_an_account_with_roles_elsewhere_is_not_shut_by_one_administrator(now: datetime) -> None:
    people.grant(user_id=PEOPLE["Carl"], organisation="0151", role=Role.HANDLER, by=SYSTEM, at=now)
    with pytest.raises(NotAllowed, match="uden for dit område"):
        people.suspend(PEOPLE["Carl"], by=who("Adam"), at=now)
    with pytest.raises(NotAllowed):
        people.reset_two_steps(PEOPLE["Carl"], by=who("Adam"), at=now)


def test_nobody_shuts_themselves_out(now: datetime) -> None:
    mine = Membership.objects.get(user_id=PEOPLE["Adam"], role=Role.ADMIN)
    for act in (
        lambda: people.suspend(PEOPLE["Adam"], by=who("Adam"), at=now),
        lambda: people.end_role(mine.pk, by=who("Adam"), at=now),
        lambda: people.reset_two_steps(PEOPLE["Adam"], by=who("Adam"), at=now),
    ):
        with pytest.raises(NotAllowed):
            act()


# Roles over time


def test_a_role_begins_and_ends_on_its_days(now: datetime) -> None:
    today = danish_day(now)
    people.grant(
        user_id=PEOPLE["Bo"],
        organisation="DK-84",
        role=Role.HANDLER,
        since=today + timedelta(days=1),
        until=today + timedelta(days=2),
        by=who("Adam"),
        at=now,
    )
    held = [Role.HANDLER in standing(by=who("Bo"), at=now + timedelta(days=n)).roles for n in range(4)]
    assert held == [False, True, True, False]


def test_a_role_can_end_at_once_or_after_a_last_day(now: datetime) -> None:
    role = Membership.objects.get(user_id=PEOPLE["Carl"])
    people.end_role(role.pk, last_day=danish_day(now), by=who("Adam"), at=now)
    assert standing(by=who("Carl"), at=now).roles
    people.end_role(role.pk, by=who("Adam"), at=now)
    assert not standing(by=who("Carl"), at=now).roles
    with pytest.raises(Refused):
        people.end_role(role.pk, last_day=danish_day(now) - timedelta(days=1), by=who("Adam"), at=now)


def test_a_suspended_user_holds_no_role_and_no_key(now: datetime) -> None:
    token = people.new_api_token(user_id=PEOPLE["Carl"], label="Kvalitetsudtræk", by=who("Carl"), at=now)
    assert people.user_of_token(token) == PEOPLE["Carl"]
    people.suspend(PEOPLE["Carl"], by=who("Adam"), at=now)
    assert not standing(by=who("Carl"), at=now).roles
    assert people.user_of_token(token) is None
    people.reopen(PEOPLE["Carl"], by=who("Adam"), at=now)
    assert standing(by=who("Carl"), at=now).roles


def test_resetting_two_steps_forgets_the_telephone_and_tells_its_owner(now: datetime) -> None:
    Authenticator.objects.create(user_id=PEOPLE["Carl"], type="totp", data={"secret": "x"})
    people.reset_two_steps(PEOPLE["Carl"], by=who("Adam"), at=now)
    assert not Authenticator.objects.filter(user_id=PEOPLE["Carl"]).exists()
    line = AuditLine.objects.get(word="user.two_steps_reset")
    assert (line.actor, line.detail) == (f"user:{PEOPLE['Adam']}", {"user": PEOPLE["Carl"]})
    assert Letter.objects.filter(to=f"user:{PEOPLE['Carl']}", template="security").exists()


# Keys for programs


def test_a_key_is_made_by_its_owner_and_revoked_by_owner_or_administrator(now: datetime) -> None:
    with pytest.raises(NotAllowed, match="ejers vegne"):
        people.new_api_token(user_id=PEOPLE["Carl"], label="x", by=who("Adam"), at=now)
    token = people.new_api_token(user_id=PEOPLE["Carl"], label="Kvalitetsudtræk", by=who("Carl"), at=now)
    (line,) = administration.person(PEOPLE["Carl"], by=who("Adam"), at=now).tokens
    assert line.label == "Kvalitetsudtræk"
    with pytest.raises(Hidden):
        people.revoke_api_token(line.id, by=who("Kirsten"), at=now)
    people.revoke_api_token(line.id, by=who("Adam"), at=now)
    assert people.user_of_token(token) is None


# A leaver's cases


def test_a_leavers_cases_go_to_a_colleague_without_the_administrator_reading_them(now: datetime) -> None:
    cases = [case_at(State.IN_PROGRESS, at=now), case_at(State.CONCLUDED, at=now)]
    done = case_at(State.FORWARDED, at=now)
    people.grant(user_id=PEOPLE["Bo"], organisation="DK-84", role=Role.HANDLER, by=who("Adam"), at=now)
    moved = leaving.hand_over(from_user=PEOPLE["Carl"], to_user=PEOPLE["Bo"], by=who("Adam"), at=now)
    assert moved == 2
    for case in cases:
        before = case.state
        case.refresh_from_db()
        assert (case.handler_id, case.state) == (PEOPLE["Bo"], before)
        step = CaseStep.objects.filter(case=case).latest("pk")
        assert (step.role, step.by_id) == (Role.ADMIN, PEOPLE["Adam"])
    done.refresh_from_db()
    assert done.handler_id == PEOPLE["Carl"]
    reads = AuditLine.objects.filter(word="case.read", actor=f"user:{PEOPLE['Adam']}")
    assert not reads.exists()


def test_an_heir_must_be_a_handler_there_and_then_nothing_moves(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(Refused):
        leaving.hand_over(from_user=PEOPLE["Carl"], to_user=PEOPLE["Kirsten"], by=who("Adam"), at=now)
    case.refresh_from_db()
    assert case.handler_id == PEOPLE["Carl"]


@pytest.mark.parametrize("name", ["Bo", "Rikke", "Dorte", "Erik"])
def test_only_an_administrator_hands_over(now: datetime, name: str) -> None:
    case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(Hidden):
        leaving.hand_over(from_user=PEOPLE["Carl"], to_user=PEOPLE["Rikke"], by=who(name), at=now)
    assert Case.objects.filter(handler_id=PEOPLE["Rikke"]).count() == 0


# Parts and senders


def test_a_part_lies_below_its_parent_and_inherits_its_administrator(now: datetime) -> None:
    key = organisations.add_part(below="DK-84", name="Børneafdeling Å", by=who("Adam"), at=now)
    assert Organisation.objects.get(key=key).path == f"/DK-84/{key}/"
    assert key == "DK-84-boerneafdeling-aa"
    invite(now, organisation=key)
    with pytest.raises(Refused):
        organisations.add_part(below="DK-84", name="børneafdeling å", by=who("Adam"), at=now)
    with pytest.raises(Hidden):
        organisations.add_part(below="0151", name="Andet", by=who("Adam"), at=now)


@pytest.fixture
def nora(now: datetime) -> str:
    """Nora administers the national level."""
    PEOPLE["Nora"] = people.put_user(email="nora@demo.invalid", name="Nora", password=None, by=SYSTEM, at=now)
    people.grant(user_id=PEOPLE["Nora"], organisation="national", role=Role.ADMIN, by=SYSTEM, at=now)
    return "Nora"


def test_a_national_administrator_lets_keys_overlap_and_retires_the_old_one(now: datetime, nora: str) -> None:
    senders.add_key(sender="0461", name="Odense Kommune", key_id="k2", public_key=KEY, by=who(nora), at=now)
    assert SenderKey.objects.filter(sender__key="0461", until=None).count() == 2
    senders.retire_key(sender="0461", key_id="k1", by=who(nora), at=now)
    assert list(
        SenderKey.objects.filter(sender__key="0461", until=None).values_list("key_id", flat=True)
    ) == ["k2"]
    assert NationalAuditLine.objects.filter(word="sender.key_retired", chain="0461").exists()
    assert AuditLine.objects.filter(word="sender.key_retired").exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("public_key", "ikke en nøgle"),
        ("key_id", "k1"),
        ("key_id", "k 2"),
        ("name", " "),
        ("sender", "Åben by"),
    ],
)
def test_a_key_that_cannot_be_right_is_refused(now: datetime, nora: str, field: str, wrong: str) -> None:
    given = {"sender": "0461", "name": "Odense Kommune", "key_id": "k2", "public_key": KEY} | {field: wrong}
    with pytest.raises(Refused) as refused:
        senders.add_key(**given, by=who(nora), at=now)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize("name", ["Adam", "Dorte", "Carl"])
def test_nobody_else_touches_the_senders_keys(now: datetime, name: str) -> None:
    with pytest.raises(Hidden):
        senders.add_key(sender="0461", name="x", key_id="k2", public_key=KEY, by=who(name), at=now)
    with pytest.raises(Hidden):
        senders.retire_key(sender="0461", key_id="k1", by=who(name), at=now)
    with pytest.raises(Hidden):
        administration.sender_keys(by=who(name), at=now)
