"""The policy's pages, hung on the admin site (realname/policy/admin.py)."""

from django.urls import URLPattern, path

from realname.policy.desk import acts
from realname.policy.desk.draft import draft, dry_run
from realname.policy.desk.edit import edit
from realname.policy.desk.history import history
from realname.policy.desk.parameters import parameters

# Below `admin/policy/policyversion/`.
PATHS: list[URLPattern] = [
    path("", parameters, name="policy_policyversion_changelist"),
    path("history/", history, name="policy_history"),
    path("history/<int:number>/cancel/", acts.cancel, name="policy_version_cancel"),
    path("drafts/start/", acts.start, name="policy_draft_start"),
    path("drafts/<uuid:draft_id>/", draft, name="policy_draft"),
    path("drafts/<uuid:draft_id>/edit/<str:section>/", edit, name="policy_draft_edit"),
    path("drafts/<uuid:draft_id>/explain/", acts.explain, name="policy_draft_explain"),
    path("drafts/<uuid:draft_id>/dry-run/", dry_run, name="policy_draft_dry_run"),
    path("drafts/<uuid:draft_id>/dry-run/start/", acts.rehearse, name="policy_draft_rehearse"),
    path("drafts/<uuid:draft_id>/propose/", acts.propose, name="policy_draft_propose"),
    path("drafts/<uuid:draft_id>/return/", acts.give_back, name="policy_draft_return"),
    path("drafts/<uuid:draft_id>/renew/", acts.renew, name="policy_draft_renew"),
    path("drafts/<uuid:draft_id>/withdraw/", acts.withdraw, name="policy_draft_withdraw"),
    path("drafts/<uuid:draft_id>/publish/", acts.publish, name="policy_draft_publish"),
]
