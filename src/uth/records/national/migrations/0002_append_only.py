"""The national audit can only be added to (kun tilføjelse)."""

from django.db import migrations

from uth.records.triggers import drop_triggers, make_append_only

TABLE = "national_nationalauditline"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "national":
        make_append_only(schema_editor, TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "national":
        drop_triggers(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("national", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
