"""What the national level asks for, and what an authority publishes (anmodninger, udgivelser)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('national', '0008_the_old_log_is_let_go'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='NationalPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.UUIDField(unique=True)),
                ('received_at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('theme', 'theme'), ('annual', 'annual')], max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('year', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='national.nationaldocument')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='national.sender')),
            ],
            options={
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NationalRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(unique=True)),
                ('case_ref', models.UUIDField(null=True)),
                ('theme', models.CharField(blank=True, max_length=200)),
                ('wanted', models.CharField(choices=[('analysis', 'analysis'), ('follow_up', 'follow_up'), ('action_plan', 'action_plan')], max_length=20)),
                ('text', models.TextField()),
                ('due_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('fetched_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='national.sender')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NationalAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.UUIDField(unique=True)),
                ('received_at', models.DateTimeField()),
                ('text', models.TextField(blank=True)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='national.nationaldocument')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='national.nationalrequest')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
