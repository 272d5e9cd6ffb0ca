"""Operators by name.

>>> operator("mask", {"keep_last": 4}).name
'mask'
>>> operator("maks")
Traceback (most recent call last):
piiscrub.errors.UnknownNameError: No operator 'maks'. Did you mean 'mask'?
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from piiscrub.errors import OperatorError, UnknownNameError
from piiscrub.model.finding import Finding
from piiscrub.model.policy import OperatorSpec, Param, Policy
from piiscrub.operate.protocol import Apply, DocumentState, Operator, Shape, StartsPerDocument
from piiscrub.registry import plugins

# Loaded when first named: some bring numpy and the cipher along, and a text of tags should not wait for them.
_BUILT_IN: Mapping[str, str] = {
    name: f"piiscrub.operate.{module}:{kind}"
    for name, module, kind in (
        ("keep", "keep", "Keep"),
        ("redact", "redact", "Redact"),
        ("replace", "replace", "Replace"),
        ("mask", "mask", "Mask"),
        ("hash", "hash", "Hash"),
        ("token", "token", "Token"),
        ("encrypt", "encrypt", "Encrypt"),
        ("fpe", "fpe", "Fpe"),
        ("pseudonym", "pseudonym", "Pseudonym"),
        ("choose", "choose", "Choose"),
        ("generalise", "generalise", "Generalise"),
        ("time_part", "time_part", "TimePart"),
        ("truncate", "truncate", "Truncate"),
        ("date_shift", "date_shift", "DateShift"),
        ("noise", "noise", "Noise"),
        ("microaggregate", "microaggregate", "Microaggregate"),
        ("shuffle", "shuffle", "Shuffle"),
        ("swap", "swap", "Swap"),
        ("pram", "pram", "Pram"),
        ("suppress", "suppress", "Suppress"),
        ("suppress_rows", "suppress", "SuppressRows"),
        ("sample", "sample", "Sample"),
        ("min_group", "min_group", "MinGroup"),
        ("suppress_cells", "suppress_cells", "SuppressCells"),
        ("regions", "regions", "Regions"),
    )
}
_FROM_CALLER = ("key", "keys", "vault")  # a key never comes from a policy


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorInfo:
    """What a registered operator is, with its default parameters."""

    name: str
    shape: Shape
    family: str
    summary: str
    params: tuple[tuple[str, Param | None], ...]
    reversible: bool
    permissive: bool
    streams: bool
    leaks: str


def operators() -> tuple[OperatorInfo, ...]:
    """Every operator that can be named in a policy."""
    return tuple(
        OperatorInfo(
            name=name,
            shape=kind.shape,
            family=kind.family,
            summary=(kind.__doc__ or "").partition("\n")[0],
            params=tuple((field, getattr(built, field)) for field in _params(kind)),
            reversible=built.reversible,
            permissive=built.permissive,
            streams=built.streams,
            leaks=built.leaks,
        )
        for name in _BUILT_IN
        for kind in (kind_of(name),)
        for built in (kind(),)
    )


def operator(name: str, params: Mapping[str, Param] | None = None, *, extra: Iterable[Operator] = ()) -> Operator:
    """Build an operator from its name and parameters.

    ``extra`` are operators of the caller; they are built already and go before ours of the same name.

    Raises:
        UnknownNameError: no operator of that name.
        OperatorError: a parameter it does not take, or a value out of range.
    """
    params = params or {}
    for own in extra:
        if own.name == name:
            if params:
                raise OperatorError(f"{name}: an operator handed in from Python takes no parameters from a policy.")
            return own
    if name not in _BUILT_IN and not plugins.is_plugin(name):
        raise UnknownNameError("operator", name, (*_BUILT_IN, *(own.name for own in extra)))
    kind = kind_of(name)
    known = _params(kind)
    for param in params:
        if param in _FROM_CALLER:
            raise OperatorError(f"{name}: {param} is not written in a policy; it is handed over in the call.")
        if param not in known:
            near = difflib.get_close_matches(param, known, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]!r}?" if near else f" It takes {', '.join(known) or 'none'}."
            raise OperatorError(f"{name}: there is no parameter {param!r}.{hint}")
    chosen: dict[str, Any] = dict(params)  # Any: __post_init__ checks each
    if plugins.is_plugin(name):
        return _plugged(name, kind, chosen)
    built: Operator = kind(**chosen)
    return built


def _plugged(name: str, kind: type[Any], chosen: Mapping[str, Any]) -> Operator:
    """A stranger's operator, built and looked at."""
    try:
        built: Operator = kind(**chosen)
    except OperatorError:
        raise
    except Exception as error:  # noqa: BLE001  # a plug-in checks its parameters as it likes
        raise OperatorError(f"{name}: the plug-in refuses its parameters: {type(error).__name__}.") from None
    plugins.check(name, built)
    return built


def build(spec: OperatorSpec, *, extra: Iterable[Operator] = ()) -> Operator:
    """The operator a policy's rule speaks of."""
    return operator(spec.name, spec.arguments(), extra=extra)


def spec(name: str, params: Mapping[str, Param] | None = None, *, extra: Iterable[Operator] = ()) -> OperatorSpec:
    """A checked rule: builds the operator once, raises what :func:`operator` raises, and notes whether it is permissive."""
    built = operator(name, params, extra=extra)
    return OperatorSpec(name, tuple(sorted((params or {}).items())), bool(getattr(built, "permissive", True)))


@dataclass(frozen=True, slots=True)
class FromCaller:
    """A callable of the caller under a name. What it does not say of itself is taken to be so: permissive, not reversible."""

    name: str
    call: Apply

    @property
    def reversible(self) -> bool:
        return bool(getattr(self.call, "reversible", False))

    @property
    def permissive(self) -> bool:
        return bool(getattr(self.call, "permissive", True))

    @property
    def streams(self) -> bool:
        return bool(getattr(self.call, "streams", False))

    @property
    def leaks(self) -> str:
        return str(getattr(self.call, "leaks", "Whatever it leaves of the value."))

    def __call__(self, value: str, finding: Finding, /) -> str:
        return self.call(value, finding)

    def start(self, document: DocumentState, /) -> Apply:
        call: object = self.call
        return call.start(document) if isinstance(call, StartsPerDocument) else self.call


def named(operators: Mapping[str, Apply] | Iterable[Operator]) -> tuple[Operator, ...]:
    """The caller's operators: objects with a name, or plain callables of (value, finding) by name.

    Raises:
        OperatorError: one that cannot be called, or a name that is no identifier.

    >>> [one.name for one in named({"initials": lambda value, finding: value[:1] + "."})]
    ['initials']
    """
    if isinstance(operators, Mapping):
        own: tuple[Operator, ...] = tuple(FromCaller(name, call) for name, call in operators.items())
    else:
        own = tuple(operators)
    for one in own:
        name: object = getattr(one, "name", None)
        if not isinstance(name, str) or not name.isidentifier():
            raise OperatorError("operators: each has a name that is an identifier, for example 'initials'.")
        if not callable(one.call if isinstance(one, FromCaller) else one):
            raise OperatorError(f"operators: {name!r} takes a callable of (value, finding), not {type(one).__name__}.")
    return own


def checked(policy: Policy, operators: Sequence[Operator]) -> Policy:
    """The policy with each of its operators built once, so that a wrong one fails here and not in the middle of a text.

    Whether a rule is permissive is what the operator says now: one of the caller may stand in for a built-in of its name.

    Raises:
        UnknownNameError, OperatorError: as :func:`operator`.
    """
    if policy.scan_only:
        return policy
    rules = tuple((entity, spec(rule.name, rule.arguments(), extra=operators)) for entity, rule in policy.rules)
    default = spec(policy.default.name, policy.default.arguments(), extra=operators)
    same = rules == policy.rules and default == policy.default
    return policy if same else policy.replace(rules=rules, default=default)


def kind_of(name: str) -> type[Any]:
    """The class of a built-in operator, or of a plug-in, which is loaded then."""
    if plugins.is_plugin(name):
        return plugins.kind_of(name)
    module, _, kind = _BUILT_IN[name].partition(":")
    found: type[Any] = getattr(import_module(module), kind)
    return found


def _params(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
