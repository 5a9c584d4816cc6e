"""Guidance that is written here: a row for each wording, which can only be added to (vejledningens tekster)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uth.records.triggers import drop_triggers, make_append_only

TABLE = "records_guidancetext"


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        make_append_only(schema_editor, TABLE)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        drop_triggers(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_map_of_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidanceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=80)),
                ('text', models.TextField(blank=True)),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['topic', 'since', 'id'], name='guidance_topic')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
