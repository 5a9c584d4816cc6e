"""Attachments (bilag): given with a report on a page of their own, and read on the case page by those who may."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from uth.actions import drafts as verbs
from uth.actions.attachments import INFECTED, MOST_BYTES, QUARANTINED, TOO_LARGE, NotAccepted
from uth.queries import attachments as query
from uth.queries.drafts import OpenDraft
from uth.web import drafts, errors, gate, limits
from uth.web.errors import Words
from uth.web.gate import desk
from uth.web.intake_files import Files

WAIT = (
    "Der kommer usædvanligt mange filer lige nu, og filen er ikke gemt endnu. "
    "Vent et halvt minut, og vælg den igen. Resten af rapporten er gemt."
)
KINDS = {"image/jpeg": "billede", "image/png": "billede", "application/pdf": "PDF"}


def take(request: HttpRequest, question: Files, *, code: str = "") -> None:
    """Keep or remove what was asked for; what cannot be taken is said at the field. `code`: of another draft."""
    code, at = code or drafts.code_of(request), gate.at(request)
    if request.POST.get("remove"):
        verbs.drop_file(code, request.POST["remove"], at=at)
    given = [file for file in request.FILES.getlist("upload") if file.name]
    if not given:
        return
    if limits.admitted(request, limits.FILE):
        question.add_error("upload", WAIT)
        return
    for file in given:
        name = str(file.name)
        try:
            if (file.size or 0) > MOST_BYTES:
                raise NotAccepted(TOO_LARGE)
            verbs.keep_file(code, name, file.read(), at=at)
        except NotAccepted as refused:
            question.add_error("upload", f"{name}: {refused}" if len(given) > 1 else str(refused))


def lines(draft: OpenDraft | None) -> list[dict[str, str]]:
    """The files of a draft for the page."""
    return [
        {
            "name": file.name,
            "size_text": size_text(file.size),
            "note": KINDS.get(file.content_type, "tekst"),
            "remove": file.stored_as,
        }
        for file in (draft.files if draft else ())
    ]


def size_text(size: int) -> str:
    """850 kB, or 1,2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


# What a browser may do with a file it shows: nothing but show it.
SHOWN_ALONE = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "private, no-store"}
NOT_SHOWN = {
    QUARANTINED: Words(
        "Filen er ikke kontrolleret endnu",
        "Den venter på viruskontrol og kan ikke åbnes, før kontrollen har svaret.",
        "Prøv igen om lidt. Bliver det ved, så sig det til jeres administrator.",
    ),
    INFECTED: Words(
        "Filen kan ikke åbnes",
        "Viruskontrollen fandt noget skadeligt i den. Filen bliver ikke vist for nogen.",
        "Spørg rapportøren i sagens dialog, hvis indholdet er vigtigt.",
    ),
}


@desk
@require_safe
def case_file(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """A file of a case, alone on a page without scripts; a text is fetched instead of shown."""
    try:
        file = query.open_file(case_id, number, by=gate.actor(request), at=gate.at(request))
    except query.NotClean as waiting:
        return errors.page(request, 403, words=NOT_SHOWN[waiting.state])
    answer = HttpResponse(file.content, content_type=file.content_type, headers=SHOWN_ALONE)
    inline = file.content_type in KINDS
    answer["Content-Disposition"] = content_disposition_header(not inline, file.name) or "attachment"
    return answer


urls = [path("sager/<int:case_id>/bilag/<int:number>/", case_file, name="case-file")]
