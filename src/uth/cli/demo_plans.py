"""The demo's plans (anmodninger og udgivelser): one request that waits, one that is answered, and one published report."""

from datetime import datetime, timedelta

from uth.actions import asking, plans, publications
from uth.jobs import fetching, letters
from uth.law.actor import user
from uth.law.clock import danish_day
from uth.law.terms import PublicationKind, Wanted
from uth.queries import plans as seen

THEMES = (
    (
        "Medicin ved overflytning mellem afdelinger",
        Wanted.ANALYSIS,
        "Hvorfor bliver ordinationer gentaget eller glemt?",
        21,
    ),
    ("Fald på toilettet om natten", Wanted.ACTION_PLAN, "Hvad gør I, hvornår, og hvordan følger I op?", 45),
)
ANSWER = (
    "Vi har set 14 hændelser igennem. De fleste skete, når to systemer begge viste ordinationen. Overflytninger gennemgås "
    "nu af to sammen, og vi tæller i tre måneder, om det hjælper."
)
TITLE = "Årsrapport om utilsigtede hændelser"
SUMMARY = (
    "Fald og medicin fylder mest. I år har vi ændret arbejdsgangen ved overflytning og sat lys op ved toiletterne. Antallet "
    "af rapporter siger noget om lysten til at rapportere og ikke om, hvor sikkert der er."
)


def put(people: dict[str, int], *, at: datetime) -> None:
    """Once; where there is something published already, nothing is added."""
    if seen.publications():
        return
    rikke, dorte = user(people["Rikke"]), user(people["Dorte"])
    for theme, wanted, text, days in THEMES:
        asking.ask(
            report_id=None,
            sender="DK-84",
            theme=theme,
            wanted=wanted,
            text=text,
            due_on=danish_day(at) + timedelta(days=days),
            by=dorte,
            at=at,
        )
    fetching.fetch_here("DK-84", at=at)
    first = next(each for each in seen.requests(by=rikke, at=at) if each.theme == THEMES[0][0])
    plans.answer(first.id, text=ANSWER, document=None, confirmed=True, by=rikke, at=at)
    publications.publish(
        kind=PublicationKind.ANNUAL,
        title=TITLE,
        year=danish_day(at).year - 1,
        text=SUMMARY,
        document=None,
        confirmed=True,
        by=rikke,
        at=at,
    )
    letters.deliver_counts_here(at=at)
