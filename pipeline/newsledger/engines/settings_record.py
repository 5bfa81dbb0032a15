"""The settings of a run as recorded in ``run.json``, with the hash of each file they name."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from newsledger.normalizer.datapackage import file_sha256
from newsledger.normalizer.run_record import digest, files_sha256, package_version
from newsledger.stages.countries.policy import policy_hash
from newsledger.stages.ledger.linear import model_folder
from newsledger.stages.names.model import shipped_folder
from newsledger.values.people import KnownPeople
from newsledger.values.settings import FILES, Settings


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings as JSON; a file is given by the hash of its content, not by its path.

    >>> settings_record(Settings(default_currency="AUD"))["default_currency"]
    'AUD'
    """
    record = dataclasses.asdict(settings)
    policy, known, rates, corrections = (record.pop(name) for name in FILES)
    bank = settings.convert_to and f"currencyconverter {package_version('currencyconverter')}"
    return {
        **record,
        **_model_record(record["people_model"]),
        "ledger_model_sha256": _ledger_sha256(model_folder()) if settings.ledger else None,
        "country_policy_sha256": policy_hash(policy),
        "known_people_sha256": known and file_sha256(known),
        "rates": file_sha256(rates) if rates else bank,
        "corrections_sha256": corrections and file_sha256(corrections),
    }


@cache
def _ledger_sha256(folder: Path) -> str:
    """The hash of the ledger's linear models, of their weights, and of the checksum of its mention model."""
    files = ("config.json", "calibration.json", "linear.json")
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in files)).hexdigest()


_OF_THE_RUN = ("known_people_sha256", "convert_to", "rates", "corrections_sha256")
"""Settings that the steps over the whole run need, and no article."""


def articles_sha256(about: Mapping[str, Any], known: KnownPeople | None) -> str:
    """The hash of what decides the rows of a single article: of a record with ``settings``, not all."""
    own = {name: value for name, value in about["settings"].items() if name not in _OF_THE_RUN}
    return digest({**about, "settings": own, "known_names": _known_names(known)})


def _known_names(known: KnownPeople | None) -> list[str]:
    """Of known people an article sees the names alone; ids, countries and roles serve to link them."""
    return sorted({name for person in known or () for name in (person.name, *person.aliases)})


_STAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "names": ((), ("people_model", "people_model_sha256"), ("mention_model",)),
    "countries": (("names",), ("country_policy_sha256", "governments"), ()),
    "money": (("countries",), ("default_currency", "publisher_country"), ()),
    "dates": (("names",), ("day_order", "fiscal_year_start"), ("grammar",)),
    "people": (("countries",), ("known_names",), ("stages/names", "mention_model")),
    "ledger": (("money", "dates", "people"), ("ledger", "ledger_model_sha256"), ("mention_model",)),
}
"""Each stage after those whose mentions it is given, with the settings and the packages that it uses beside
its own and `_COMMON`."""
_COMMON = ("document", "lexicons", "values", "extraction.py", "engines/known_work.py")


def stages_sha256(about: Mapping[str, Any], known: KnownPeople | None) -> dict[str, str]:
    """By stage the hash of what decides, beside the article, what it finds, of a record with ``settings``.

    Its settings, its code and that of the packages it imports, the libraries, and those of the stages before.
    """
    settings = {**about["settings"], "known_names": _known_names(known)}
    common = [files_sha256(*_COMMON), about["libraries"], about["python"]]
    found: dict[str, str] = {}
    for stage, (before, names, packages) in _STAGES.items():
        own = [settings[name] for name in names]
        code = files_sha256(f"stages/{stage}", *packages)
        found[stage] = digest([common, own, code, [found[name] for name in before]])
    return found


def _model_record(model: str | None) -> dict[str, str | None]:
    """What names the people model: the hash of the classifier, or the version of a spaCy pipeline."""
    folder = shipped_folder() if model is None else Path(model)
    weights = folder / "model.int8.onnx"
    if weights.is_file():
        # The checksum in config.json is held against the weights when they are loaded.
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        sha256 = config.get("sha256") or file_sha256(weights)
        return {"people_model": model and folder.name, "people_model_sha256": sha256}
    if folder.is_dir():
        found = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
        return {"people_model": folder.name, "people_model_sha256": found.hexdigest()}
    return {"people_model": f"{model} {package_version(str(model))}", "people_model_sha256": None}
