"""A case may be joined to the case of the same event (sammenknytning)."""

import django.db.models.deletion
import uth.law.terms
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_tally_boards'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='same_event_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='records.case'),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('received', 'received'), ('in_progress', 'in_progress'), ('waiting', 'waiting'), ('concluded', 'concluded'), ('approved', 'approved'), ('forwarded', 'forwarded'), ('rejected', 'rejected'), ('linked', 'linked')], default=uth.law.terms.State['RECEIVED'], max_length=20),
        ),
        migrations.AlterField(
            model_name='casestep',
            name='act',
            field=models.CharField(choices=[('assign', 'assign'), ('transfer', 'transfer'), ('reject', 'reject'), ('link', 'link'), ('classify', 'classify'), ('note', 'note'), ('ask', 'ask'), ('reply', 'reply'), ('answer', 'answer'), ('conclude', 'conclude'), ('approve', 'approve'), ('revise', 'revise'), ('forward', 'forward'), ('reopen', 'reopen'), ('close_dialogue', 'close_dialogue')], max_length=20),
        ),
        migrations.AlterField(
            model_name='casestep',
            name='came_from',
            field=models.CharField(choices=[('received', 'received'), ('in_progress', 'in_progress'), ('waiting', 'waiting'), ('concluded', 'concluded'), ('approved', 'approved'), ('forwarded', 'forwarded'), ('rejected', 'rejected'), ('linked', 'linked')], max_length=20),
        ),
        migrations.AlterField(
            model_name='casestep',
            name='went_to',
            field=models.CharField(choices=[('received', 'received'), ('in_progress', 'in_progress'), ('waiting', 'waiting'), ('concluded', 'concluded'), ('approved', 'approved'), ('forwarded', 'forwarded'), ('rejected', 'rejected'), ('linked', 'linked')], max_length=20),
        ),
    ]
