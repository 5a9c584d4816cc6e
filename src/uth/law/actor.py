"""Who acts (den handlende): a user by number, or somebody without an account."""

from dataclasses import dataclass

from uth.law.terms import Role


class Hidden(Exception):
    """For this actor the thing does not exist; a face answers 404 and tells no more."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user (whose roles depend on the organisation), or a standing role without account."""

    user_id: int | None = None
    standing: Role | None = None

    def __str__(self) -> str:
        """What the audit writes: never a name."""
        return f"user:{self.user_id}" if self.user_id is not None else str(self.standing or "nobody")


REPORTER = Actor(standing=Role.REPORTER)
SYSTEM = Actor(standing=Role.SYSTEM)
NOBODY = Actor()


def user(user_id: int) -> Actor:
    """The user with this number."""
    return Actor(user_id=user_id)
