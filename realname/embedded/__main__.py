"""`python -m realname.embedded start|stop`: the servers of this `var` folder, by hand."""

import argparse

from realname import embedded
from realname.embedded import users

parser = argparse.ArgumentParser(prog="python -m realname.embedded", description=__doc__)
parser.add_argument("act", choices=["start", "stop"])
if parser.parse_args().act == "start":
    embedded.use_embedded_servers()
    users.keep_running()
else:
    embedded.stop_embedded_servers()
