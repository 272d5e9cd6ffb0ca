"""Find personal information in Chinese and English text and tables, make it safe to hand over, and prove it.

>>> import piiscrub as ps
>>> ps.scrub("张先生的手机是13800138000").text
'<PERSON_REFERENCE_1>的手机是<CN_MOBILE_1>'

Names load when first used: ``import piiscrub`` itself imports nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from piiscrub.frames.hook import install as _install
from piiscrub.registry.bridges import provide as _provide

if TYPE_CHECKING:
    from piiscrub.errors import PiiscrubError as PiiscrubError
    from piiscrub.evidence.ledger import Ledger as Ledger
    from piiscrub.frames.assessing import assess as assess
    from piiscrub.frames.assessing import generalize as generalize
    from piiscrub.frames.doors import apply as apply
    from piiscrub.frames.doors import load_plan as load_plan
    from piiscrub.frames.doors import plan as plan
    from piiscrub.frames.doors import profile as profile
    from piiscrub.frames.handing import handover as handover
    from piiscrub.frames.keeping import retention as retention
    from piiscrub.frames.restoring import restore as restore
    from piiscrub.frames.subjects import subject as subject
    from piiscrub.handing_over.bundle import Bundle as Bundle
    from piiscrub.handing_over.sealing import Passphrase as Passphrase
    from piiscrub.handing_over.triage import Triage as Triage
    from piiscrub.handing_over.triage import triage as triage
    from piiscrub.handing_over.verifying import VerifyReport as VerifyReport
    from piiscrub.handing_over.verifying import verify as verify
    from piiscrub.keys.ring import KeyRing as KeyRing
    from piiscrub.keys.vault import Vault as Vault
    from piiscrub.lifecycle.destroying import destroy as destroy
    from piiscrub.lifecycle.found import Subject as Subject
    from piiscrub.lifecycle.targets import KeyEpoch as KeyEpoch
    from piiscrub.lifecycle.targets import Rows as Rows
    from piiscrub.lifecycle.targets import VaultKeys as VaultKeys
    from piiscrub.model.finding import Decision as Decision
    from piiscrub.model.finding import Finding as Finding
    from piiscrub.model.plan import Basis as Basis
    from piiscrub.model.plan import Terms as Terms
    from piiscrub.model.policy import Policy as Policy
    from piiscrub.planner.share import SharePlan as SharePlan
    from piiscrub.registry.entities import entities as entities
    from piiscrub.registry.policies import load_policy as load_policy
    from piiscrub.registry.policies import policies as policies
    from piiscrub.registry.recognizers import load_recognizer as load_recognizer
    from piiscrub.registry.recognizers import recognizers as recognizers
    from piiscrub.risk.report import RiskReport as RiskReport
    from piiscrub.scrubber.explain import Explanation as Explanation
    from piiscrub.scrubber.pipeline import Scrubber as Scrubber
    from piiscrub.scrubber.quick import explain as explain
    from piiscrub.scrubber.quick import scan as scan
    from piiscrub.scrubber.quick import scan_many as scan_many
    from piiscrub.scrubber.quick import scrub as scrub
    from piiscrub.scrubber.quick import scrub_many as scrub_many
    from piiscrub.scrubber.restoring import RestoreResult as RestoreResult
    from piiscrub.scrubber.results import ScanResult as ScanResult
    from piiscrub.scrubber.results import ScrubResult as ScrubResult
    from piiscrub.table.profile.model import TableProfile as TableProfile
    from piiscrub.table.result import TableScrub as TableScrub
    from piiscrub.table.scanning import TableScan as TableScan

__version__ = "0.1.0"

_HOME = {
    "Basis": "model.plan",
    "Bundle": "handing_over.bundle",
    "Decision": "model.finding",
    "Explanation": "scrubber.explain",
    "Finding": "model.finding",
    "KeyEpoch": "lifecycle.targets",
    "KeyRing": "keys.ring",
    "Ledger": "evidence.ledger",
    "Passphrase": "handing_over.sealing",
    "PiiscrubError": "errors",
    "Policy": "model.policy",
    "RestoreResult": "scrubber.restoring",
    "RiskReport": "risk.report",
    "Rows": "lifecycle.targets",
    "ScanResult": "scrubber.results",
    "ScrubResult": "scrubber.results",
    "Scrubber": "scrubber.pipeline",
    "SharePlan": "planner.share",
    "Subject": "lifecycle.found",
    "TableProfile": "table.profile.model",
    "TableScan": "table.scanning",
    "TableScrub": "table.result",
    "Terms": "model.plan",
    "Triage": "handing_over.triage",
    "Vault": "keys.vault",
    "VaultKeys": "lifecycle.targets",
    "VerifyReport": "handing_over.verifying",
    "apply": "frames.doors",
    "assess": "frames.assessing",
    "destroy": "lifecycle.destroying",
    "entities": "registry.entities",
    "explain": "scrubber.quick",
    "generalize": "frames.assessing",
    "handover": "frames.handing",
    "load_plan": "frames.doors",
    "load_policy": "registry.policies",
    "load_recognizer": "registry.recognizers",
    "plan": "frames.doors",
    "policies": "registry.policies",
    "profile": "frames.doors",
    "recognizers": "registry.recognizers",
    "restore": "frames.restoring",
    "retention": "frames.keeping",
    "scan": "scrubber.quick",
    "scan_many": "scrubber.quick",
    "scrub": "scrubber.quick",
    "scrub_many": "scrubber.quick",
    "subject": "frames.subjects",
    "triage": "handing_over.triage",
    "verify": "handing_over.verifying",
}

_provide("presidio", lambda: import_module("piiscrub.presidio.taken").recognizers)  # imported when somebody asks for it
_provide("presidio results", lambda: import_module("piiscrub.presidio.results").to_presidio)

__all__ = [*sorted(_HOME), "__version__"]  # noqa: PLE0604  # a list of names, built from the table above


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'piiscrub' has no attribute {name!r}")
    value = getattr(import_module(f"piiscrub.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


_install()  # df.pii, now or as soon as there are frames
