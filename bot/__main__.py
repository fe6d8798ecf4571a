"""The entry point: `python -m bot COMMAND`."""

import io
import sys

from bot.cli import main

if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The address of the demo is read at once, from a file or a pipe as well.
        sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main(sys.argv[1:]))
