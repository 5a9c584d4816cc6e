"""The frame (rammen om arbejdsområdet): who is logged in, where they belong, and the rooms they may enter."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from uth.law.procedure import HANDLERS
from uth.law.terms import Role
from uth.queries.people import Standing, standing
from uth.web.gate import DESK, NATIONAL_SITES, actor, at

# Where each role works: label, address, icon, roles, and the sites that have it.
ROOMS = (
    ("Sager", "/sager/", "list-bulleted", DESK, frozenset({"local", "both"})),
    ("Samlerapporter", "/samlerapporter/", "calendar-month", DESK, frozenset({"local", "both"})),
    ("Anmodninger", "/anmodninger/", "email", HANDLERS, frozenset({"local", "both"})),
    (
        "Udgiv en rapport",
        "/udgivelser/ny/",
        "file",
        frozenset({Role.RISK_MANAGER}),
        frozenset({"local", "both"}),
    ),
    ("Det nationale overblik", "/nationalt/", "analytics", frozenset({Role.NATIONAL}), NATIONAL_SITES),
    ("Anonymiserede rapporter", "/anonymiseret/", "analytics", frozenset({Role.READER}), NATIONAL_SITES),
    ("Administration", "/administration/", "settings", frozenset({Role.ADMIN}), NATIONAL_SITES | {"local"}),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A line of the working menu."""

    label: str
    url: str
    icon: str
    current: bool


def desk(request: HttpRequest) -> dict[str, object]:
    """Give base_desk.html its menu and its person; asks nothing before a page shows it."""
    return {
        "idle_seconds": settings.UTH_IDLE_SECONDS,
        "desk_menu": SimpleLazyObject(lambda: _menu(request)),
        "desk_organisation": SimpleLazyObject(lambda: ", ".join(_standing(request).organisations)),
        "desk_user": SimpleLazyObject(lambda: getattr(request.user, "name", "")),
        "desk_role": SimpleLazyObject(lambda: _roles(_standing(request))),
    }


def _menu(request: HttpRequest) -> list[Room]:
    held = _standing(request).roles
    return [
        Room(label, url, icon, request.path.startswith(url))
        for label, url, icon, roles, sites in ROOMS
        if roles & held and settings.UTH_SITE in sites
    ]


def _roles(who: Standing) -> str:
    return " og ".join(role.danish.lower() for role in Role if role in who.roles)


def _standing(request: HttpRequest) -> Standing:
    """What the gate has asked already, if it had to."""
    known: Any = getattr(request, "standing", None)
    if known is None:
        known = standing(by=actor(request), at=at(request))
        request.standing = known  # type: ignore[attr-defined]
    result: Standing = known
    return result
