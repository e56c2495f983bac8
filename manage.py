#!/usr/bin/env python
"""Django's command line for this project: `python manage.py COMMAND`."""

import os
import sys

from board_server.databases import database_fault
from board_server.env import EnvFault


def main() -> None:
    """Run the command; faults of the surroundings are told without a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "board_server.settings")
    # Imported here because reading the settings is what may fail.
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except EnvFault as fault:
        sys.exit(str(fault))
    except (OperationalError, ProgrammingError) as fault:
        if "--traceback" in sys.argv:
            raise
        sys.exit(database_fault(fault))


if __name__ == "__main__":
    main()
