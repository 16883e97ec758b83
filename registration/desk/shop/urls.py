"""The pages of shops, below `admin:registration_dealer_…`."""

from django.urls import URLPattern, path

from registration.desk.shop import counter, dealer, devices

DEALER_PATHS: list[URLPattern] = [
    path("shop/", counter.counter, name="registration_shop"),
    path("shop/enrol/", counter.enrol, name="registration_shop_enrol"),
    path("shop/start/", counter.start, name="registration_shop_start"),
    path("shop/put-aside/", counter.put_aside, name="registration_shop_put_aside"),
    path("shop/take-up/", counter.take_up, name="registration_shop_take_up"),
    path("shop/witness/", counter.witness, name="registration_shop_witness"),
    path("shop/paper-code/", counter.paper_code, name="registration_shop_paper_code"),
    path("shop/receipt/<uuid:application_id>/", counter.receipt, name="registration_shop_receipt"),
    path("devices/", devices.devices, name="registration_shop_devices"),
    path("devices/<uuid:device_id>/revoke/", devices.revoke, name="registration_shop_device_revoke"),
    path("<uuid:dealer_id>/standing/", dealer.standing, name="registration_dealer_standing"),
]
