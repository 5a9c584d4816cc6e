"""Rows (rækker): one INSERT whose text is made once for each table, for what every report and every act writes.

The ORM composes the statement anew for each row; of a report of thirty columns that is most of what it costs.
No signal is sent and no default of the database is read back but the row's number.
"""

from functools import cache
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

# Fields that take a value of this kind as it is; what they are given otherwise, they prepare themselves.
AS_IT_IS: "dict[type[models.Field[Any, Any]], type]" = {
    models.CharField: str,
    models.SlugField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.PositiveIntegerField: int,
    models.PositiveBigIntegerField: int,
    models.BigIntegerField: int,
    models.ForeignKey: int,
    models.OneToOneField: int,
}


def insert[M: models.Model](row: M, using: str = "default") -> M:
    """Write a new row and give it its number. Raises what the database raises, IntegrityError as the ORM does."""
    connection = connections[using]
    statement, fields = _statement(type(row), using)
    values: list[Any] = [
        given if isinstance(given := getattr(row, name), kind) else _prepared(field, row, connection)
        for name, field, kind in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, using
    return row


NOTHING = type(None)
# The attribute, the field, and what goes in as it is.
type _Column = tuple[str, "models.Field[Any, Any]", tuple[type, ...]]


def _prepared(field: "models.Field[Any, Any]", row: models.Model, connection: BaseDatabaseWrapper) -> Any:
    return field.get_db_prep_save(field.pre_save(row, True), connection)


@cache
def _statement(model: type[models.Model], using: str) -> tuple[str, list[_Column]]:
    quote = connections[using].ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    return (
        f'INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks}) RETURNING "id"',  # noqa: S608 - our own tables
        [
            (field.attname, field, (AS_IT_IS[type(field)], NOTHING) if type(field) in AS_IT_IS else ())
            for field in fields
        ],
    )
