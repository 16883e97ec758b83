"""The versions of the policy, append-only by trigger."""

from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION policy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'policy versions are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER policy_append_only BEFORE UPDATE OR DELETE ON policy_policyversion
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
"""
CHANGEABLE = """
DROP TRIGGER policy_append_only ON policy_policyversion;
DROP FUNCTION policy_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("actor_id", models.CharField(max_length=64, verbose_name="actor id")),
                ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="actor")),
                ("note", models.TextField(verbose_name="reason")),
                ("changed_key", models.CharField(max_length=100, verbose_name="parameter")),
                ("values", models.JSONField(verbose_name="values")),
            ],
            options={
                "verbose_name": "policy version",
                "verbose_name_plural": "policy versions",
                "ordering": ("-number",),
                "default_permissions": ("view", "add"),
            },
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
