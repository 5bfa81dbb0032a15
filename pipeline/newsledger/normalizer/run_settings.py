"""What the steps over a whole run need beside the articles, loaded from the files that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.corpus.conversion import Rates, load_rates
from newsledger.corpus.corrections import Correction, read_corrections

if TYPE_CHECKING:
    from newsledger.values.people import KnownPeople
    from newsledger.values.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """Known people, the rates of exchange that amounts are converted at, and what people corrected."""

    known: KnownPeople | None = None
    rates: Rates | None = None
    corrections: tuple[Correction, ...] = ()


def load_run_settings(settings: Settings, *, known: KnownPeople | None = None) -> RunSettings:
    """Load what the settings name; raises ``ValueError`` where a file or a code cannot be used."""
    rates = load_rates(settings.convert_to, settings.rates) if settings.convert_to else None
    corrections = read_corrections(settings.corrections) if settings.corrections else ()
    return RunSettings(known=known, rates=rates, corrections=corrections)
