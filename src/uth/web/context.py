"""What every page knows (sidernes fælles viden): whether this is a demonstration, and where the source code lies."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Give base.html its banner, its name and its link to the source; asks no database, so error pages may use it."""
    return {
        "demo": getattr(settings, "UTH_DEMO", False),
        "site_name": getattr(settings, "UTH_ORGANISATION", "") or "",
        "source_url": getattr(settings, "UTH_SOURCE_URL", "") or "",
    }
