"""Addresses for the gateways to telephones."""

from django.urls import path

from registration.api import receipts

app_name = "gateways"
urlpatterns = [
    path("gateways/receipts", receipts.receipts, name="receipts"),
]
