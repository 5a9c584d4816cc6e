"""Which table lies in which building (databasefordeling)."""

from typing import Any


class TwoBuildings:
    """National models live in `national`, all others in `default`; nothing relates across."""

    @staticmethod
    def _home(app_label: str) -> str:
        return "national" if app_label == "national" else "default"

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return self._home(model._meta.app_label)

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return self._home(model._meta.app_label)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return self._home(one._meta.app_label) == self._home(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return self._home(app_label) == db
