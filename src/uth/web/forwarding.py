"""Forwarding (videregivelse): exactly what will be sent, the button that sends it, and afterwards what was sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from uth.actions import forwarding
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.message import MessageRefused
from uth.law.procedure import NotAllowed
from uth.law.terms import Act, Section, State
from uth.queries.forwarding import outgoing
from uth.queries.rarity import rarity_of
from uth.web.fact_words import as_mapping, fact_words
from uth.web.gate import actor, at, desk
from uth.web.guidance import beside_act
from uth.web.handling import frame, seen, why_not
from uth.web.receiver import receiver_words


@desk
def forward(request: HttpRequest, case_id: int) -> HttpResponse:
    """The message, before and after it is sent."""
    by, when = actor(request), at(request)
    page, message = outgoing(case_id, by=by, at=when)
    if message is None and page.state is not State.FORWARDED:
        messages.info(request, why_not(page, Act.FORWARD))
        return redirect(f"/sager/{case_id}/")
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            forwarding.forward(case_id, seen=seen(request), by=by, at=when)
        except Refused as refusal:
            errors = [(text, "") for text in refusal.problems.values()]
        except NotAllowed as refusal:
            errors = [(str(refusal), "")]
        except MessageRefused as refusal:
            errors = [(refusal.sentence, "")]
        else:
            messages.success(request, "Sagen er videregivet. Den bliver leveret om et øjeblik.")
            return redirect(f"/sager/{case_id}/")
    heading = "Det blev sendt" if page.state is State.FORWARDED else "Videregiv sagen"
    context = frame(request, page) | {
        "heading": heading,
        "facts": fact_words(as_mapping(message.facts) | {"region": message.region}) if message else [],
        "texts": [(section.danish, message.texts[section]) for section in Section if section in message.texts]
        if message
        else [],
        "receiver": receiver_words(danish_day(page.forwarded_at or when)),
        "rarity": rarity_of(page, message.texts.values(), at=when)
        if message and page.state is not State.FORWARDED
        else None,
        "errors": errors,
        "guidance": beside_act(Act.FORWARD, on=danish_day(when)),
        "may_forward": Act.FORWARD in page.acts,
        "may_revise": Act.REVISE in page.acts,
    }
    context["crumbs"] = [("Sager", "/sager/"), (f"Sag {page.number}", f"/sager/{page.id}/"), (heading, "")]
    return render(request, "case/forward.html", context, status=400 if errors else 200)


urls = [path("sager/<int:case_id>/videregiv/", forward, name="forward")]
