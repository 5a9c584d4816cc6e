"""Look-ups and permissions older than the rule may be let go (sletning af gamle journalopslag)."""

from django.db import migrations, models

from uth.records.triggers import OLD_MAY_GO, drop_triggers, let_old_go, make_append_only


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in OLD_MAY_GO:
            let_old_go(schema_editor, table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in OLD_MAY_GO:
            drop_triggers(schema_editor, table)
            make_append_only(schema_editor, table)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0016_plans_and_publications'),
    ]

    operations = [
        migrations.CreateModel(
            name='LookupsLetGo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_from', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
