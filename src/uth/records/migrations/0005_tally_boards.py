"""Tally boards; the taps can only be added to (tælletavler; kun tilføjelse)."""

import django.db.models.deletion
import uth.law.terms
import uuid
from django.conf import settings
from django.db import migrations, models

from uth.records.triggers import drop_triggers, make_append_only

TABLES = ("records_tap", "records_tapwithdrawal")


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
        ('records', '0004_letters_refused_for_good'),
    ]

    operations = [
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sector', models.CharField(choices=[('hospital', 'hospital'), ('private_hospital', 'private_hospital'), ('practice', 'practice'), ('pharmacy', 'pharmacy'), ('municipal', 'municipal'), ('prehospital', 'prehospital'), ('unknown', 'unknown')], max_length=30)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boards', to='records.organisation')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='boards', to='records.place')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='BoardKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('code_until', models.DateTimeField()),
                ('token_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='records.board')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CollectiveReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(choices=[('fall', 'fall'), ('medicine_not_given', 'medicine_not_given'), ('infection', 'infection'), ('medicine_administration', 'medicine_administration'), ('medicine_dispensing', 'medicine_dispensing')], max_length=30)),
                ('month', models.CharField(max_length=7)),
                ('addition', models.PositiveIntegerField(default=0)),
                ('count', models.IntegerField(help_text='below zero in an addition that takes back')),
                ('learning', models.TextField(blank=True)),
                ('comment', models.TextField(blank=True, help_text='the learning as it may leave')),
                ('state', models.CharField(choices=[('submitted', 'submitted'), ('approved', 'approved'), ('forwarded', 'forwarded')], default=uth.law.terms.CollectiveState['SUBMITTED'], max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('submitted_at', models.DateTimeField()),
                ('received_on', models.DateField()),
                ('forward_by', models.DateField()),
                ('routed_rule', models.CharField(max_length=10)),
                ('routed_paragraph', models.CharField(max_length=120)),
                ('routed_explanation', models.CharField(max_length=500)),
                ('approved_at', models.DateTimeField(null=True)),
                ('message_id', models.UUIDField(null=True, unique=True)),
                ('forwarded_at', models.DateTimeField(null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='records.board')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collective_reports', to='records.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'state', 'forward_by'], name='collective_inbox')],
                'constraints': [models.UniqueConstraint(fields=('board', 'area', 'month', 'addition'), name='a_collective_report_once'), models.CheckConstraint(condition=models.Q(('count', 0), _negated=True), name='a_collective_report_tells_something')],
            },
        ),
        migrations.CreateModel(
            name='Tap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.UUIDField()),
                ('area', models.CharField(choices=[('fall', 'fall'), ('medicine_not_given', 'medicine_not_given'), ('infection', 'infection'), ('medicine_administration', 'medicine_administration'), ('medicine_dispensing', 'medicine_dispensing')], max_length=30)),
                ('happened_at', models.DateTimeField()),
                ('month', models.CharField(max_length=7)),
                ('received_at', models.DateTimeField()),
                ('screen', models.BigIntegerField(help_text='the BoardKey it came from; no foreign key: it outlives that')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taps', to='records.board')),
            ],
            options={
                'indexes': [models.Index(fields=['board', 'month', 'area'], name='tap_month'), models.Index(fields=['screen', '-id'], name='tap_newest')],
                'constraints': [models.UniqueConstraint(fields=('board', 'number'), name='a_tap_once_a_board')],
            },
        ),
        migrations.CreateModel(
            name='TapNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.UUIDField()),
                ('sealed', models.BinaryField()),
                ('received_at', models.DateTimeField()),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='records.board')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board', 'number'), name='a_note_once_a_tap')],
            },
        ),
        migrations.CreateModel(
            name='TapWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.UUIDField()),
                ('why', models.CharField(choices=[('undone', 'undone'), ('serious', 'serious')], max_length=20)),
                ('received_at', models.DateTimeField()),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='records.board')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('board', 'number'), name='a_withdrawal_once_a_board')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
