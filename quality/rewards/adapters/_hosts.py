"""The adapters by the names of their hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quality.model import UsageError
from quality.profiles import nearest
from quality.rewards._reward import QualityReward
from quality.rewards.adapters._areal import AReaLReward
from quality.rewards.adapters._nemo_gym import NeMoGymVerifier
from quality.rewards.adapters._openrlhf import OpenRLHFReward
from quality.rewards.adapters._verifiers import VerifiersReward
from quality.rewards.adapters._verl import VerlReward

if TYPE_CHECKING:
    from collections.abc import Callable

_HOSTS: dict[str, Callable[..., object]] = {
    "areal": AReaLReward,
    "nemo-gym": NeMoGymVerifier,
    "openrlhf": OpenRLHFReward,
    "trl": QualityReward,
    "verifiers": VerifiersReward,
    "verl": VerlReward,
}


def reward_for(host: str, **options: Any) -> Any:
    """The reward in the form of a trainer that a configuration names.

    Args:
        host: ``areal``, ``nemo-gym``, ``openrlhf``, ``trl``, ``verifiers`` or ``verl``, in any case.
        options: Arguments of the adapter, those of ``QualityReward`` among them.

    Raises:
        UsageError: There is no adapter for the host, or an argument is wrong.
    """
    made = _HOSTS.get(str(host).lower())
    if made is None:
        raise UsageError(
            f"There is no adapter for the host {host!r}.", remedy=nearest(str(host).lower(), _HOSTS)
        )
    return made(**options)
