"""What people put right in the findings, and organisations where two approve (rettelser og to godkendere)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0017_old_lookups_are_let_go'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='approvers',
            field=models.CharField(blank=True, choices=[('one', 'one'), ('two_when_few', 'two_when_few'), ('two', 'two')], help_text='empty: as the one above has it', max_length=20),
        ),
        migrations.AddField(
            model_name='redaction',
            name='first_at',
            field=models.DateTimeField(help_text='where two must approve: when the first did', null=True),
        ),
        migrations.AddField(
            model_name='redaction',
            name='first_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='casestep',
            name='act',
            field=models.CharField(choices=[('assign', 'assign'), ('transfer', 'transfer'), ('reject', 'reject'), ('link', 'link'), ('classify', 'classify'), ('note', 'note'), ('ask', 'ask'), ('reply', 'reply'), ('answer', 'answer'), ('conclude', 'conclude'), ('approve_first', 'approve_first'), ('approve', 'approve'), ('revise', 'revise'), ('forward', 'forward'), ('reopen', 'reopen'), ('close_dialogue', 'close_dialogue'), ('permit_lookup', 'permit_lookup'), ('log_lookup', 'log_lookup')], max_length=20),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(choices=[('headline', 'headline'), ('story', 'story'), ('prevention', 'prevention'), ('products', 'products'), ('conclusion', 'conclusion'), ('learning', 'learning')], max_length=20)),
                ('start', models.PositiveIntegerField(null=True)),
                ('end', models.PositiveIntegerField(null=True)),
                ('what', models.CharField(choices=[('overlooked', 'overlooked'), ('too_much', 'too_much'), ('other_kind', 'other_kind')], max_length=20)),
                ('kind', models.CharField(help_text='of identity, as it was approved; what was dismissed: as found', max_length=20)),
                ('proposed', models.CharField(blank=True, help_text="the machine's kind, where it was another", max_length=20)),
                ('finder', models.CharField(max_length=200)),
                ('score', models.FloatField()),
                ('profile', models.CharField(help_text='how thoroughly the machine had looked', max_length=10)),
                ('at', models.DateTimeField(db_index=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='records.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end', None), ('start', None)), ('end__gt', models.F('start')), _connector='OR'), name='a_correction_points_or_not')],
            },
        ),
    ]
