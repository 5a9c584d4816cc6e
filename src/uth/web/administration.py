"""Administration (administration): people, parts, the access log, the audit and the senders' keys of one's own subtree."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache

from uth.actions import leaving, organisations, people, senders
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import Role
from uth.queries import administration as seen
from uth.queries import audit
from uth.web.administration_forms import (
    EndForm,
    HeirForm,
    InviteForm,
    KeyForm,
    RoleForm,
    SubjectForm,
    UnitForm,
)
from uth.web.administration_frame import HOME, page
from uth.web.administration_frame import tried as _tried
from uth.web.gate import NATIONAL_SITES, actor, at, roles

administrators = roles(Role.ADMIN)
log_readers = roles(Role.ADMIN, Role.RISK_MANAGER)
key_keepers = roles(Role.ADMIN, sites=NATIONAL_SITES)


@administrators
def everybody(request: HttpRequest) -> HttpResponse:
    """The people and the open invitations."""
    found = seen.overview(by=actor(request), at=at(request))
    return page(request, "people", "Personer", found=found, today=danish_day(at(request)))


@administrators
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    form = InviteForm(seen.units(**who), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = _tried(
            form,
            lambda: people.invite(
                email=given["email"], organisation=given["organisation"], role=Role(given["role"]), **who
            ),
        )
        if made:
            return redirect("administration_invited", invitation_id=made.id)
    return page(
        request,
        "form",
        "Invitér en kollega",
        form=form,
        submit="Send invitationen",
        help="invite",
        tab="Personer",
    )


@administrators
@never_cache
def invited(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """What happens now; with the link itself where no mail can carry it."""
    link = seen.link_by_hand(invitation_id, by=actor(request), at=at(request))
    address = request.build_absolute_uri(link) if link else ""
    return page(request, "invited", "Invitationen er lavet", link=address, tab="Personer")


@administrators
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Stop a link."""
    if request.method == "POST":
        people.withdraw_invitation(invitation_id, by=actor(request), at=at(request))
        messages.success(request, "Invitationen er trukket tilbage. Linket virker ikke længere.")
    return redirect(HOME)


@administrators
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    """One colleague: roles, account, cases, keys."""
    found = seen.person(user_id, by=actor(request), at=at(request))
    return page(request, "person", found.name, page=found, tab="Personer")


@administrators
def add_role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give one more role."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    name = seen.name_of(user_id, **who)
    form = RoleForm(seen.units(**who), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        if _tried(form, lambda: people.grant(user_id=user_id, **given, **who) or True):
            messages.success(request, f"{name} har fået rollen.")
            return redirect("administration_person", user_id=user_id)
    return page(
        request,
        "form",
        f"Giv {name} en rolle",
        form=form,
        submit="Giv rollen",
        tab="Personer",
        back=user_id,
    )


@administrators
def end_role(request: HttpRequest, user_id: int, membership_id: int) -> HttpResponse:
    """Let a role end."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.person(user_id, **who)
    held = next((line for line in found.roles if line.id == membership_id and line.open), None)
    if held is None:
        return redirect("administration_person", user_id=user_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if _tried(form, lambda: people.end_role(membership_id, last_day=last_day, **who) or True):
            messages.success(
                request, "Rollen er afsluttet." if last_day is None else "Rollens sidste dag er gemt."
            )
            return redirect("administration_person", user_id=user_id)
    heading = f"Afslut {found.name}s rolle: {held.role}, {held.organisation}"
    return page(
        request, "form", heading, form=form, submit="Gem", help="end_role", tab="Personer", back=user_id
    )


@administrators
def hand_over(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a leaver's cases to a colleague."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.person(user_id, **who)
    form = HeirForm(found.heirs, request.POST or None)
    if request.method == "POST" and form.is_valid():
        heir = int(form.cleaned_data["to_user"])
        moved = _tried(form, lambda: leaving.hand_over(from_user=user_id, to_user=heir, **who))
        if moved:
            messages.success(request, f"{moved} sager er overdraget. Kollegaen får besked.")
            return redirect("administration_person", user_id=user_id)
    heading = f"Overdrag {found.name}s åbne sager ({found.open_cases})"
    return page(
        request,
        "form",
        heading,
        form=form,
        submit="Overdrag sagerne",
        help="hand_over",
        tab="Personer",
        back=user_id,
    )


ACCOUNT_ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "luk": (people.suspend, "Kontoen er lukket, og personen er logget ud alle steder."),
    "aabn": (people.reopen, "Kontoen er åben igen."),
    "nulstil-totrin": (
        people.reset_two_steps,
        "Totrinslogin er nulstillet. Personen sætter det op ved næste log ind.",
    ),
}

# act -> the question's heading, the button that answers it
ASKED_FIRST = {
    "luk": ("Luk kontoen for {name}?", "Ja, luk kontoen nu"),
    "nulstil-totrin": ("Nulstil totrinslogin for {name}?", "Ja, nulstil totrinslogin"),
}


@administrators
def account_act(request: HttpRequest, user_id: int, act: str) -> HttpResponse:
    """Shut, open, or forget the telephone; what throws somebody out says first what it does."""
    if request.method != "POST" and act in ASKED_FIRST:
        found = seen.person(user_id, by=actor(request), at=at(request))
        if found.active and not found.myself:
            heading, submit = (words.format(name=found.name) for words in ASKED_FIRST[act])
            return page(
                request, "confirm", heading, page=found, act=act, submit=submit, tab="Personer", back=user_id
            )
    if request.method == "POST":
        do, told = ACCOUNT_ACTS[act]
        try:
            do(user_id, by=actor(request), at=at(request))
            messages.success(request, told)
        except NotAllowed as why:
            messages.error(request, str(why))
    return redirect("administration_person", user_id=user_id)


@administrators
def revoke(request: HttpRequest, user_id: int, token_id: int) -> HttpResponse:
    """Stop a key for a program."""
    if request.method == "POST":
        people.revoke_api_token(token_id, by=actor(request), at=at(request))
        messages.success(request, "Nøglen virker ikke længere.")
    return redirect("administration_person", user_id=user_id)


@administrators
def parts(request: HttpRequest) -> HttpResponse:
    """The organisation's parts, and a new one."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    units = seen.units(**who)
    form = UnitForm(units, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if _tried(form, lambda: organisations.add_part(below=given["below"], name=given["name"], **who)):
            messages.success(
                request, f"»{given['name']}« er oprettet. Nu kan du invitere kolleger til enheden."
            )
            return redirect("administration_parts")
    return page(request, "parts", "Enheder", units=units, form=form)


@log_readers
@never_cache
def access_log(request: HttpRequest) -> HttpResponse:
    """Who looked at what we keep of one person. The number is posted, and stands in no address and no log."""
    form = SubjectForm(request.POST or None)
    looks = None
    if request.method == "POST" and form.is_valid():
        looks = audit.who_looked(form.cleaned_data["cpr"], by=actor(request), at=at(request))
    return page(request, "access_log", "Adgangslog", form=form, looks=looks)


@administrators
def trail(request: HttpRequest) -> HttpResponse:
    """Whether the audit is whole; asked for by a button, since it reads every line."""
    places = audit.broken_places() if request.method == "POST" else None
    return page(request, "audit", "Revisionsspor", places=places, checked=places is not None)


@key_keepers
def keys(request: HttpRequest) -> HttpResponse:
    """The senders' keys."""
    lines = seen.sender_keys(by=actor(request), at=at(request))
    return page(request, "keys", "Afsendere", keys=lines)


@key_keepers
def add_key(request: HttpRequest) -> HttpResponse:
    """Trust one more key."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    seen.sender_keys(**who)
    form = KeyForm(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    if valid and _tried(form, lambda: senders.add_key(**form.cleaned_data, **who) or True):
        messages.success(request, "Nøglen er registreret. Afsenderens tidligere nøgler virker stadig.")
        return redirect("administration_keys")
    return page(
        request, "form", "Registrér en nøgle", form=form, submit="Registrér", help="key", tab="Afsendere"
    )


@key_keepers
def retire_key(request: HttpRequest, sender: str, key_id: str) -> HttpResponse:
    """Stop trusting a key."""
    if request.method == "POST":
        senders.retire_key(sender=sender, key_id=key_id, by=actor(request), at=at(request))
        messages.success(request, f"Nøglen {key_id} fra {sender} virker ikke længere.")
    return redirect("administration_keys")


urls = [
    path("administration/", everybody, name="administration"),
    path("administration/inviter/", invite, name="administration_invite"),
    path("administration/inviteret/<int:invitation_id>/", invited, name="administration_invited"),
    path("administration/inviteret/<int:invitation_id>/fortryd/", withdraw, name="administration_withdraw"),
    path("administration/personer/<int:user_id>/", person, name="administration_person"),
    path("administration/personer/<int:user_id>/rolle/", add_role, name="administration_add_role"),
    path(
        "administration/personer/<int:user_id>/rolle/<int:membership_id>/",
        end_role,
        name="administration_end_role",
    ),
    path("administration/personer/<int:user_id>/overdrag/", hand_over, name="administration_hand_over"),
    *(
        path(
            f"administration/personer/<int:user_id>/{act}/",
            account_act,
            {"act": act},
            name=f"administration_{act}",
        )
        for act in ACCOUNT_ACTS
    ),
    path(
        "administration/personer/<int:user_id>/noegle/<int:token_id>/", revoke, name="administration_revoke"
    ),
    path("administration/enheder/", parts, name="administration_parts"),
    path("administration/adgangslog/", access_log, name="administration_access_log"),
    path("administration/revisionsspor/", trail, name="administration_audit"),
    path("administration/afsendere/", keys, name="administration_keys"),
    path("administration/afsendere/ny/", add_key, name="administration_add_key"),
    path(
        "administration/afsendere/<slug:sender>/<str:key_id>/luk/",
        retire_key,
        name="administration_retire_key",
    ),
]
