"""Rewards in the forms that training frameworks call. Imports none of them."""

from quality.rewards.adapters._areal import AReaLReward
from quality.rewards.adapters._hosts import reward_for
from quality.rewards.adapters._nemo_gym import NeMoGymVerifier
from quality.rewards.adapters._openrlhf import OpenRLHFReward
from quality.rewards.adapters._trl import AsyncTRLReward
from quality.rewards.adapters._verifiers import VerifiersReward
from quality.rewards.adapters._verl import VerlReward

__all__ = [
    "AReaLReward",
    "AsyncTRLReward",
    "NeMoGymVerifier",
    "OpenRLHFReward",
    "VerifiersReward",
    "VerlReward",
    "reward_for",
]
