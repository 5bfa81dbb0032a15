"""What the steps over a whole run need beside the articles, loaded from the files that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.corpus.conversion import Rates, load_rates
from newsledger.corpus.corrections import Correction, CorrectionsError, read_corrections
from newsledger.normalizer.added_rows import given_values
from newsledger.normalizer.fields import check_correction

if TYPE_CHECKING:
    from newsledger.values.people import KnownPeople
    from newsledger.values.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """Known people, the rates of exchange that amounts are converted at, and what people corrected."""

    known: KnownPeople | None = None
    rates: Rates | None = None
    corrections: tuple[Correction, ...] = ()
    ledger: bool = True


def load_run_settings(settings: Settings, *, known: KnownPeople | None = None) -> RunSettings:
    """Load what the settings name; raises ``ValueError`` where a file or a code cannot be used."""
    rates = load_rates(settings.convert_to, settings.rates) if settings.convert_to is not None else None
    corrections = read_corrections(settings.corrections) if settings.corrections else ()
    for one in corrections:
        try:
            check_correction(one)
            if one.action == "add":
                given_values(one.table, one.new)
        except ValueError as error:
            raise CorrectionsError(f"corrections: {one.correction_id}: {error}") from None
    return RunSettings(known=known, rates=rates, corrections=corrections, ledger=settings.ledger)
