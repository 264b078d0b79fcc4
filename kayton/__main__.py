"""`python -m kayton`: the command, without the native launcher."""

import sys

from kayton.cli import main

if __name__ == "__main__":
    sys.exit(main())
