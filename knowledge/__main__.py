"""``python -m knowledge FILE``: what was understood of a file, as JSON; for development (``dondoc plan`` is the
command)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from knowledge.plan_json import plan
from knowledge.reading import read_plan


def main() -> None:
    """Print the plan read from the file named on the command line."""
    path = Path(sys.argv[1])
    read = read_plan(path.read_bytes(), path.name)
    sys.stdout.write(json.dumps(plan(read), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
