"""What is older than the rule may be let go from the beginning of a chain of the audit (sletning af den gamle log)."""

from django.db import migrations, models

from uth.records.triggers import drop_triggers, let_pruned_go, make_append_only

TABLE = "records_auditline"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        let_pruned_go(schema_editor, TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        drop_triggers(schema_editor, TABLE)
        make_append_only(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0013_record_lookups'),
    ]

    operations = [
        migrations.AddField(
            model_name='audithead',
            name='pruned_digest',
            field=models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64),
        ),
        migrations.AddField(
            model_name='audithead',
            name='pruned_seq',
            field=models.PositiveBigIntegerField(default=0, help_text='the last line that was let go'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
