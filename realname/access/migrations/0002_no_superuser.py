"""There is no superuser: the column goes, so that no account passes every permission check."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.AlterModelManagers(name="staff", managers=[]),
        migrations.RemoveField(model_name="staff", name="is_superuser"),
    ]
