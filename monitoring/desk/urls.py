"""The pages of this stage, hung on the admin site (monitoring/admin.py)."""

from django.urls import URLPattern, path

from monitoring.desk.kpis import kpis, live

# Below `admin/monitoring/kpis/`.
PATHS: list[URLPattern] = [
    path("", kpis, name="monitoring_kpis_changelist"),
    path("live/", live, name="monitoring_kpis_live"),
]
