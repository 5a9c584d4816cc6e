"""An attachment can be described in words, which are passed on as the file never is (beskrivelse af bilag)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0019_reruns'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='description',
            field=models.TextField(blank=True, help_text="the handler's words for it; redacted and passed on with the story, the file never is"),
        ),
    ]
