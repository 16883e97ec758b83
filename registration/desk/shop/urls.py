"""The pages of dealers and counters, below `admin:registration_dealer_…`, and those of a shop, below `admin:registration_shop_…`."""

from django.urls import URLPattern, path

from registration.desk.shop import counter, dealer, devices, office, visit

DEALER_PATHS: list[URLPattern] = [
    path("shop/", counter.counter, name="registration_shop"),
    path("shop/enrol/", counter.enrol, name="registration_shop_enrol"),
    path("shop/start/", counter.start, name="registration_shop_start"),
    path("shop/put-aside/", counter.put_aside, name="registration_shop_put_aside"),
    path("shop/take-up/", counter.take_up, name="registration_shop_take_up"),
    path("shop/witness/", counter.witness, name="registration_shop_witness"),
    path("shop/paper-code/", counter.paper_code, name="registration_shop_paper_code"),
    path("shop/receipt/<uuid:application_id>/", counter.receipt, name="registration_shop_receipt"),
    path("shop/visit/<uuid:application_id>/", visit.visit, name="registration_shop_visit"),
    path("shop/visit/<uuid:application_id>/<str:side>/", visit.photograph, name="registration_shop_photograph"),
    path("devices/", devices.devices, name="registration_shop_devices"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="registration_shop_device_revoke"),
    path("<uuid:dealer_id>/standing/", dealer.standing, name="registration_dealer_standing"),
    path("sign/", dealer.sign, name="registration_dealer_sign"),
    path("<uuid:dealer_id>/renew/", dealer.renew, name="registration_dealer_renew"),
    path("<uuid:dealer_id>/open/", office.open_one, name="registration_shop_open"),
]
SHOP_PATHS: list[URLPattern] = [
    path("<uuid:shop_id>/office/", office.office, name="registration_shop_office"),
    path("<uuid:shop_id>/post/", office.post, name="registration_shop_post"),
    path("<uuid:shop_id>/close/", office.close, name="registration_shop_close"),
    path("<uuid:shop_id>/reopen/", office.reopen, name="registration_shop_reopen"),
    path("postings/<int:posting_id>/recall/", office.recall, name="registration_shop_recall"),
]
