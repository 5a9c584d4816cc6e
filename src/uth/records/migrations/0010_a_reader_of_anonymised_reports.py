"""One more role: who reads the anonymised reports (læser af anonymiserede rapporter)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0009_treatment_phase'),
    ]

    operations = [
        migrations.AlterField(
            model_name='casestep',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('intake', 'intake'), ('handler', 'handler'), ('risk_manager', 'risk_manager'), ('admin', 'admin'), ('national', 'national'), ('reader', 'reader'), ('system', 'system')], max_length=20),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('intake', 'intake'), ('handler', 'handler'), ('risk_manager', 'risk_manager'), ('admin', 'admin'), ('national', 'national'), ('reader', 'reader'), ('system', 'system')], max_length=20),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('reporter', 'reporter'), ('intake', 'intake'), ('handler', 'handler'), ('risk_manager', 'risk_manager'), ('admin', 'admin'), ('national', 'national'), ('reader', 'reader'), ('system', 'system')], max_length=20),
        ),
    ]
