"""Permissions to look in the patient's record, and the look-ups, which can only be added to (journalopslag)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uth.records.triggers import drop_triggers, make_append_only

TABLES = ("records_lookuppermission", "records_recordlookup")


def forwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            make_append_only(schema_editor, table)


def backwards(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        for table in TABLES:
            drop_triggers(schema_editor, table)


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0012_paper_forms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='casestep',
            name='act',
            field=models.CharField(choices=[('assign', 'assign'), ('transfer', 'transfer'), ('reject', 'reject'), ('link', 'link'), ('classify', 'classify'), ('note', 'note'), ('ask', 'ask'), ('reply', 'reply'), ('answer', 'answer'), ('conclude', 'conclude'), ('approve', 'approve'), ('revise', 'revise'), ('forward', 'forward'), ('reopen', 'reopen'), ('close_dialogue', 'close_dialogue'), ('permit_lookup', 'permit_lookup'), ('log_lookup', 'log_lookup')], max_length=20),
        ),
        migrations.CreateModel(
            name='LookupPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(max_length=200)),
                ('permitted_by', models.CharField(max_length=200)),
                ('permitted_on', models.DateField()),
                ('necessity', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lookup_permissions', to='records.case')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RecordLookup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('looked_up_at', models.DateTimeField()),
                ('system', models.CharField(max_length=100)),
                ('trace', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lookups', to='records.lookuppermission')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='lookuppermission',
            index=models.Index(fields=['organisation', 'permitted_on'], name='lookup_permission_period'),
        ),
        migrations.RunPython(forwards, backwards),
    ]
