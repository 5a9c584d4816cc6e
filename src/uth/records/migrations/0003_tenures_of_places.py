"""Who runs a place is told in periods (driftsansvar); what stood on the place holds from its first day."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models

NAMES = ("operator_id", "supervisor_id", "receives_itself_id")


def forwards(apps, schema_editor):
    alias = schema_editor.connection.alias
    if alias != "default":
        return
    Tenure = apps.get_model("records", "Tenure")
    for place in apps.get_model("records", "Place").objects.using(alias).all():
        held = {name: getattr(place, name) for name in NAMES}
        if any(held.values()):
            Tenure.objects.using(alias).create(
                place=place, since=place.since or date(1900, 1, 1), **held
            )


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(help_text='SINCE_EVER where nobody knows the first day')),
                ('until', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('unverified', models.BooleanField(default=False)),
                ('operator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='operates', to='records.organisation')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='records.place')),
                ('receives_itself', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_places', to='records.organisation')),
                ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supervises', to='records.organisation')),
            ],
            options={
                'ordering': ['place', 'since'],
                'constraints': [models.UniqueConstraint(fields=('place', 'since'), name='one_tenure_a_place_and_day'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='a_tenure_ends_after_it_begins')],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='place',
            name='operator',
        ),
        migrations.RemoveField(
            model_name='place',
            name='receives_itself',
        ),
        migrations.RemoveField(
            model_name='place',
            name='supervisor',
        ),
    ]
