"""Further reports of an event are counted (dubletter)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('national', '0004_collective_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_ref', models.UUIDField(unique=True)),
                ('event_ref', models.UUIDField(db_index=True)),
                ('turn', models.PositiveIntegerField()),
                ('stands', models.BooleanField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='nationalrejection',
            name='a_rejection_a_case',
        ),
        migrations.AlterField(
            model_name='nationalrejection',
            name='case_ref',
            field=models.UUIDField(unique=True),
        ),
        migrations.AddField(
            model_name='nationalduplicate',
            name='sender',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duplicates', to='national.sender'),
        ),
    ]
