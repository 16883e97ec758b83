"""The scheduler goes on where the machine's clock was set back."""

from datetime import timedelta

from celery import Celery

from realname.queue.beat import SteadyScheduler


def _scheduler(folder) -> tuple[SteadyScheduler, list[str]]:
    app = Celery("test", broker="memory://", set_as_current=False)
    app.conf.beat_schedule = {"sweep": {"task": "sweep", "schedule": 5.0}, "seal": {"task": "seal", "schedule": 10.0}}
    scheduler, sent = SteadyScheduler(app=app, schedule_filename=str(folder / "beat")), []
    scheduler.apply_entry = lambda entry, **_: sent.append(entry.name)
    return scheduler, sent


def _ran(scheduler: SteadyScheduler, ago: timedelta) -> None:
    for entry in scheduler.schedule.values():
        entry.last_run_at = scheduler.app.now() - ago


def test_a_clock_set_back_does_not_stop_the_sweeps(tmp_path):
    scheduler, sent = _scheduler(tmp_path)
    _ran(scheduler, -timedelta(hours=3))
    # counted from now on, and no longer in three hours
    assert 0 < scheduler.tick() <= 5.0
    assert all(entry.last_run_at <= scheduler.app.now() for entry in scheduler.schedule.values())
    assert not sent


def test_what_is_due_is_sent(tmp_path):
    scheduler, sent = _scheduler(tmp_path)
    _ran(scheduler, timedelta(seconds=60))
    while scheduler.tick() == 0:
        pass
    assert {"sweep", "seal"} <= set(sent)
