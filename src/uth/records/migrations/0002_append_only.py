"""The audit and the steps can only be added to (kun tilføjelse)."""

from django.db import migrations

from uth.records.triggers import drop_triggers, make_append_only

TABLES = ("records_auditline", "records_casestep")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            make_append_only(schema_editor, table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            drop_triggers(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
