"""The clerk's counter, and the desks that keep shops, devices and dealers."""
