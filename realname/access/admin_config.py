"""Names our admin site as the default one. A file of its own, so that `realname.access` has one configuration only."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin on the staff's site."""

    default = False
    default_site = "realname.access.site.StaffSite"
