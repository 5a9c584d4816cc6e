"""A log-in (session) for the bench, made in the house itself so that no password travels; prints the cookie's value."""

import sys

import django


def main(name: str) -> None:
    """The session of the person with this first name."""
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from uth.records.models import User

    user = User.objects.get(name=name)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = getattr(
        settings, "AUTHENTICATION_BACKENDS", ["django.contrib.auth.backends.ModelBackend"]
    )[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    sys.stdout.write(str(session.session_key))


if __name__ == "__main__":
    main(sys.argv[1])
