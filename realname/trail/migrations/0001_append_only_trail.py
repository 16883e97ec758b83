"""The trail: a table split by month that can only grow, its seals, and the listeners' cursors."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_suffix(".sql").read_text()

UNDO = """
DROP TABLE IF EXISTS trail_event, trail_seal;
DROP FUNCTION IF EXISTS trail_ensure_partitions(integer);
DROP FUNCTION IF EXISTS trail_refuse();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SQL, UNDO)],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                        ("txid", models.BigIntegerField(verbose_name="transaction")),
                        ("at", models.DateTimeField(verbose_name="time")),
                        ("uid", models.UUIDField()),
                        ("name", models.TextField(verbose_name="event")),
                        ("actor_kind", models.TextField(verbose_name="actor kind")),
                        ("actor_id", models.TextField(verbose_name="actor id")),
                        ("actor_name", models.TextField(verbose_name="actor")),
                        ("actor_role", models.TextField(verbose_name="role")),
                        ("device", models.TextField(verbose_name="device")),
                        ("ip", models.TextField(verbose_name="IP address")),
                        ("subject_kind", models.TextField(verbose_name="subject kind")),
                        ("subject_id", models.TextField(verbose_name="subject id")),
                        ("related_kind", models.TextField(verbose_name="related kind")),
                        ("related_id", models.TextField(verbose_name="related id")),
                        ("person_id", models.UUIDField(null=True, verbose_name="person")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("purpose", models.TextField(verbose_name="purpose")),
                        ("data", models.JSONField(verbose_name="data")),
                        ("before", models.BinaryField(null=True)),
                        ("after", models.BinaryField(null=True)),
                        ("correlation_id", models.TextField(verbose_name="correlation id")),
                    ],
                    options={
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "db_table": "trail_event",
                        "ordering": ["txid", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                        ("form", models.SmallIntegerField()),
                        ("lower_txid", models.BigIntegerField()),
                        ("lower_id", models.BigIntegerField()),
                        ("upper_txid", models.BigIntegerField()),
                        ("upper_id", models.BigIntegerField()),
                        ("count", models.IntegerField(verbose_name="events")),
                        ("root", models.BinaryField()),
                        ("previous_hash", models.BinaryField()),
                        ("hash", models.BinaryField()),
                        ("signature", models.BinaryField()),
                        ("key_id", models.TextField(verbose_name="key")),
                        ("sealed_at", models.DateTimeField(verbose_name="sealed at")),
                        ("marks", models.BinaryField()),
                    ],
                    options={
                        "verbose_name": "seal",
                        "verbose_name_plural": "seals",
                        "db_table": "trail_seal",
                        "ordering": ["number"],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListenerCursor",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="listener")),
                ("txid", models.BigIntegerField(default=0, verbose_name="transaction")),
                ("event_id", models.BigIntegerField(default=0, verbose_name="event")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="failures in a row")),
                ("last_error", models.TextField(blank=True, default="", verbose_name="last error")),
                ("retry_at", models.DateTimeField(blank=True, null=True, verbose_name="next try")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "listener",
                "verbose_name_plural": "listeners",
                "db_table": "trail_listener_cursor",
            },
        ),
    ]
