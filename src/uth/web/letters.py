"""Letters (breve): what does not arrive from one's own parts, why, and a button to try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from uth.actions import letters
from uth.queries import letters as seen
from uth.web.administration import administrators
from uth.web.administration_frame import page
from uth.web.gate import actor, at
from uth.web.letter_words import contents, why


@administrators
def waiting(request: HttpRequest) -> HttpResponse:
    """The letters, gathered by what is the matter; a POST lets one of the heaps try again."""
    if request.method == "POST":
        return _try_again(request)
    found = [
        {"trouble": each, "what": why(each)[0], "do": why(each)[1], "contents": contents(each)}
        for each in seen.troubles(by=actor(request), at=at(request))
    ]
    return page(request, "letters", "Breve", heaps=found)


def _try_again(request: HttpRequest) -> HttpResponse:
    road, code = request.POST.get("road", ""), request.POST.get("code", "")
    count = letters.try_again(road=road, code=code, by=actor(request), at=at(request))
    if count:
        said = "Brevet prøves igen nu." if count == 1 else f"{count} breve prøves igen nu."
        messages.success(request, f"{said} Åbn siden igen om et minut: er de væk herfra, er de nået frem.")
    else:
        messages.info(request, "Der var ikke flere af dem. De er nået frem i mellemtiden.")
    return redirect("administration_letters")


urls = [path("administration/breve/", waiting, name="administration_letters")]
