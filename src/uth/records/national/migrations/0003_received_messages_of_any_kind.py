"""Messages of every kind are taken in once, and rejected reports are counted (modtagne meddelelser, afvisninger)."""

import django.db.models.deletion
from django.db import migrations, models


def copy(apps, schema_editor):
    if schema_editor.connection.alias != "national":
        return
    received = apps.get_model("national", "ReceivedMessage").objects.using("national")
    reports = apps.get_model("national", "NationalReport").objects.using("national")
    for row in reports.iterator():
        received.create(
            message_id=row.message_id,
            kind="report",
            sender_id=row.sender_id,
            received_at=row.received_at,
            digest=row.digest,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('national', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('received_at', models.DateTimeField()),
                ('digest', models.CharField(help_text='sha256 of the canonical message', max_length=64)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='national.sender')),
            ],
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='nationalreport',
            name='digest',
        ),
        migrations.CreateModel(
            name='NationalRejection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_ref', models.UUIDField()),
                ('turn', models.PositiveIntegerField()),
                ('stands', models.BooleanField(help_text='false once the case was reopened: it is counted no more')),
                ('reason', models.CharField(choices=[('insufficient', 'insufficient'), ('work_environment', 'work_environment'), ('duplicate', 'duplicate'), ('test', 'test'), ('other', 'other')], max_length=20)),
                ('sector', models.CharField(choices=[('hospital', 'hospital'), ('private_hospital', 'private_hospital'), ('practice', 'practice'), ('pharmacy', 'pharmacy'), ('municipal', 'municipal'), ('prehospital', 'prehospital'), ('unknown', 'unknown')], max_length=30)),
                ('received_month', models.CharField(max_length=7)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rejections', to='national.sender')),
            ],
            options={
                'indexes': [models.Index(fields=['received_month', 'reason'], name='rejections_counted')],
                'constraints': [models.UniqueConstraint(fields=('case_ref',), name='a_rejection_a_case')],
            },
        ),
    ]
