"""The import of the stage: fast, and without babel or anything heavy."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, time
start = time.process_time()
from newsledger.stages import money
spent = time.process_time() - start
heavy = {"babel", "pandas", "pyarrow", "numpy", "spacy", "regex", "yaml", "text_to_num"} & set(sys.modules)
print(spent, ",".join(sorted(heavy)))
"""


def test_import_is_fast_and_light() -> None:
    out = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout
    spent, _, heavy = out.strip().partition(" ")
    assert heavy == ""
    assert float(spent) < 0.3
