"""No page asks the database more than ten questions, and a case's at most twelve: whatever the role, in the whole site."""

import pytest
from tests.web.desk import at_most, browser_of
from tests.web.test_roles import API, Route, routes, things  # noqa: F401 - `things` is a fixture

pytestmark = pytest.mark.django_db(databases=["default", "national"])

CASE = "sager/<int:case_id>/"
FILES = {CASE + "journalopslag/hent/": 15}  # no page: the look and the file each leave a line in the audit


def bound(route: Route) -> int:
    return FILES.get(route.pattern, 12 if route.pattern.startswith(CASE) else 10)


@pytest.mark.parametrize("name", ["Adam", "Carl", "Dorte"])
def test_every_page_asks_few_questions(name: str, things: dict[str, str]) -> None:  # noqa: F811
    wrong = []
    for route in routes():
        if route.pattern.startswith(API):
            continue
        browser = browser_of(name)
        browser.get(route.at(things))  # the map and the texts of help are kept from the first look
        try:
            with at_most(bound(route)):
                browser.get(route.at(things))
        except AssertionError as many:
            wrong.append(f"{route.at(things)}: {many}")
    assert not wrong, "\n".join(wrong)
