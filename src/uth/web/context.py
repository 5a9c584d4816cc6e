"""What every page knows (sidernes fælles viden): whether this is a demonstration, and where the source code lies."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from uth.queries.setup import site_name


def site(request: HttpRequest) -> dict[str, object]:
    """Give base.html its banner, its name and its link to the source."""
    return {
        "demo": getattr(settings, "UTH_DEMO", False),
        "has_publications": getattr(settings, "UTH_SITE", "") != "national",
        "site_name": SimpleLazyObject(site_name),
        "source_url": getattr(settings, "UTH_SOURCE_URL", "") or "",
    }
