"""Addresses for the machines of the operator's network: the gateways to telephones, and what watches lines of things."""

from django.urls import path

from registration.api import iot_use, receipts

app_name = "gateways"
urlpatterns = [
    path("gateways/receipts", receipts.receipts, name="receipts"),
    path("network/iot-use", iot_use.iot_use, name="iot_use"),
]
