"""A sandbox that plays what lies outside: population registry, credit bureau, the other operators and the gateways to phones.

Its own process, real HTTP, the standard library only (but for the SMSC in `smpp.py`). It shares no code with the program that calls
it, so the wire format of docs/outside.md is held to by two independent hands. Nothing in it is real, and its page says so.
"""
