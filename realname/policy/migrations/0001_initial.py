"""Versions, drafts and dry runs; what was published is append-only by trigger."""

import django.db.models.deletion
import django.utils.timezone
import realname.states.machine
import uuid
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION policy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'policy versions are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER policy_append_only BEFORE UPDATE OR DELETE ON policy_policyversion
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
CREATE TRIGGER policy_append_only BEFORE UPDATE OR DELETE ON policy_policycancellation
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
"""
CHANGEABLE = """
DROP TRIGGER policy_append_only ON policy_policyversion;
DROP TRIGGER policy_append_only ON policy_policycancellation;
DROP FUNCTION policy_refuse_change();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='published at')),
                ('acts_from', models.DateTimeField(verbose_name='acts from')),
                ('drafter_id', models.CharField(max_length=64)),
                ('drafter_name', models.CharField(blank=True, max_length=150, verbose_name='drafted by')),
                ('publisher_id', models.CharField(max_length=64)),
                ('publisher_name', models.CharField(blank=True, max_length=150, verbose_name='published by')),
                ('reason', models.TextField(verbose_name='reason')),
                ('changes', models.JSONField(default=list, verbose_name='changes')),
                ('values', models.JSONField(verbose_name='values')),
            ],
            options={
                'verbose_name': 'policy version',
                'verbose_name_plural': 'policy versions',
                'ordering': ('-number',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PolicyDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('drafting', 'Being drafted'), ('proposed', 'Waits for a second person'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='drafting', max_length=16, verbose_name='status')),
                ('drafter_id', models.CharField(max_length=64)),
                ('drafter_name', models.CharField(blank=True, max_length=150, verbose_name='drafted by')),
                ('base', models.PositiveIntegerField()),
                ('changes', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('acts_from', models.DateTimeField(blank=True, null=True, verbose_name='acts from')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'policy draft',
                'verbose_name_plural': 'policy drafts',
                'ordering': ('-created_at',),
                'default_permissions': (),
            },
            bases=(realname.states.machine.StateMixin, models.Model),
        ),
        migrations.CreateModel(
            name='PolicyCancellation',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='cancellation', serialize=False, to='policy.policyversion')),
                ('cancelled_at', models.DateTimeField(auto_now_add=True)),
                ('actor_id', models.CharField(max_length=64)),
                ('actor_name', models.CharField(blank=True, max_length=150)),
                ('reason', models.TextField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DryRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('base', models.PositiveIntegerField()),
                ('changes', models.JSONField(default=dict)),
                ('status', models.CharField(choices=[('waiting', 'Running'), ('done', 'Done'), ('failed', 'Could not be done')], default='waiting', max_length=16)),
                ('wanted', models.PositiveIntegerField()),
                ('total', models.PositiveIntegerField(default=0)),
                ('looked_at', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(default=dict)),
                ('started_by', models.CharField(blank=True, max_length=150)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dry_runs', to='policy.policydraft')),
            ],
            options={
                'ordering': ('-started_at',),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('draft',), name='dry_run_one_at_a_time')],
            },
            bases=(realname.states.machine.StateMixin, models.Model),
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
