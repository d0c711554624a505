"""The commands: `python -m data_access --help`."""

import sys

from data_access.commands import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
