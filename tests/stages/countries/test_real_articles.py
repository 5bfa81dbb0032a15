"""Figures that must never sink, on real articles."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsledger.document.layout import lay_out
from newsledger.stages import countries


@pytest.mark.shared
def test_the_sample_article(shared: Path) -> None:
    text = (shared / "articles" / "seed.txt").read_text(encoding="utf-8")
    found = countries.find(text)
    assert Counter(m.iso_alpha3 for m in found) == {"JPN": 15, "UKR": 15, "RUS": 1}
    assert not any(m.inside_name for m in found)
    assert Counter(m.mention_type for m in found) == {"name": 27, "adjective": 4}
    layout = lay_out(text)
    assert all(m.zone == layout.zone_at(m.start_char) for m in found)
    assert sum(m.zone == "heading" for m in found) == 2


@pytest.mark.shared
def test_the_gold_articles(shared: Path) -> None:
    from benchmarks.score_countries import score

    figures = score(show=False)
    assert figures["f1"] >= 0.98
    assert figures["f1_all"] >= 0.98
    assert figures["inside_flag"] >= 0.95


def test_import_is_light() -> None:
    import subprocess
    import sys

    heavy = {"babel", "pycountry", "pandas", "spacy", "onnxruntime"}
    code = f"import sys; from newsledger.stages import countries; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
