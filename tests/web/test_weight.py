"""What a first view weighs (sidens vægt): everything a telephone fetches to show the front page, packed."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "national"])
MOST = 60 * 1024
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.)")


def packed(address: str) -> int:
    """A static file as it travels; a font is packed already."""
    found = finders.find(HASH.sub("", address.removeprefix("/static/")))
    assert found, address
    content = Path(str(found)).read_bytes()
    return len(content) if address.endswith("woff2") else len(gzip.compress(content, 9))


@pytest.mark.parametrize("page", ["/", "/rapporter/fagperson/hvad-skete-der/", "/kvittering/"])
def test_a_first_view_weighs_little(client: Client, page: str) -> None:
    answer = client.get(page)
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', answer.text))
    assert len(files) >= 5
    assert len(gzip.compress(answer.content)) + sum(packed(file) for file in files) <= MOST
