"""`python -m briefing` is `briefing`."""

from __future__ import annotations

import sys

from briefing.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
