"""The import of the stage reads no list of names before one is looked up."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
read = []
sys.addaudithook(lambda event, args: event == "open" and read.append(str(args[0])))
from newsledger.stages.people.tables import names
import newsledger.stages.people
print(any(path.endswith("given_names.txt") for path in read), "ada" in names().sure_given)
"""


def test_import_reads_no_given_names() -> None:
    out = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "True"]
