"""The package's network in PyTorch, for training: same weights, same arithmetic, gradients by hand where it pays.

A layer's loop over characters is one function with its own backward pass: autograd would keep ten small tensors per step.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN = 128


class _Loop(torch.autograd.Function):
    """States [T, 2, B, H] of both directions from projected inputs [T, 2, B, 3H] and a mask [T, 2, B, 1].

    In the scaled form of ``lac.parameters``: u = (tanh(a) + 1) / 2, and the reset gate r is doubled, its matrix halved.
    """

    @staticmethod
    def forward(ctx: Any, inputs: Tensor, mask: Tensor, gates: Tensor, candidate: Tensor) -> Tensor:
        steps, _, texts, _ = inputs.shape
        states = inputs.new_zeros(steps + 1, 2, texts, HIDDEN)
        updates, resets, news = (inputs.new_empty(steps, 2, texts, HIDDEN) for _ in range(3))
        for step in range(steps):
            before = states[step]
            opened = torch.baddbmm(inputs[step, :, :, : 2 * HIDDEN], before, gates).tanh_().add_(1)
            torch.mul(opened[:, :, :HIDDEN], 0.5, out=updates[step])
            resets[step] = opened[:, :, HIDDEN:]
            new = torch.baddbmm(inputs[step, :, :, 2 * HIDDEN :], resets[step] * before, candidate).tanh_()
            news[step] = new
            torch.mul(torch.lerp(before, new, updates[step]), mask[step], out=states[step + 1])
        ctx.save_for_backward(states, updates, resets, news, mask, gates, candidate)
        return states[1:].clone()

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, Tensor, Tensor]:
        states, updates, resets, news, mask, gates, candidate = ctx.saved_tensors
        steps, _, texts, _ = news.shape
        below = news.new_empty(steps, 2, texts, 3 * HIDDEN)
        back_gates, back_candidate = gates.transpose(1, 2).contiguous(), candidate.transpose(1, 2).contiguous()
        # what does not depend on later steps is made for all of them at once
        before_all = states[:-1]
        slope_update = (news - before_all) * (2 * updates * (1 - updates))
        slope_new = updates * (1 - news * news)
        slope_reset = before_all * (resets * (2 - resets))
        carried = news.new_zeros(2, texts, HIDDEN)
        for step in range(steps - 1, -1, -1):
            grad = (carried + grads[0][step]) * mask[step]
            grad_new = grad * slope_new[step]
            grad_mixed = torch.bmm(grad_new, back_candidate)
            grad_open = torch.cat([grad * slope_update[step], grad_mixed * slope_reset[step]], 2)
            carried = torch.baddbmm(grad * (1 - updates[step]) + grad_mixed * resets[step], grad_open, back_gates)
            below[step, :, :, : 2 * HIDDEN] = grad_open
            below[step, :, :, 2 * HIDDEN :] = grad_new
        flat = below.transpose(0, 1).reshape(2, steps * texts, 3 * HIDDEN)
        held = before_all.transpose(0, 1).reshape(2, steps * texts, HIDDEN)
        mixed = (resets * before_all).transpose(0, 1).reshape(2, steps * texts, HIDDEN)
        grad_gates = torch.bmm(held.transpose(1, 2), flat[:, :, : 2 * HIDDEN])
        return below, None, grad_gates, torch.bmm(mixed.transpose(1, 2), flat[:, :, 2 * HIDDEN :])


class Encoder(nn.Module):
    """Characters to features [T, B, 2H]; the embedding stays as it is, so that characters never met keep their meaning."""

    def __init__(self, arrays: dict[str, np.ndarray], dropout: float) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(torch.tensor(arrays["embedding"]), freeze=True)
        self.weights = nn.ParameterDict(
            {
                f"{name}{layer}": torch.tensor(arrays[f"{name}{layer}"])
                for layer in (0, 1)
                for name in ("in", "bias", "gates", "candidate")
            }
        )
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        both = torch.stack([mask, mask.flip(0)], 1)[:, :, :, None]  # the backward direction reads from the padded end
        features = self.embedding(rows)
        for layer in (0, 1):
            projected = self.dropout(features) @ self.weights[f"in{layer}"] + self.weights[f"bias{layer}"]
            ahead, back = projected.chunk(2, 2)
            inputs = torch.stack([ahead, back.flip(0)], 1)
            states = _Loop.apply(inputs, both, self.weights[f"gates{layer}"], self.weights[f"candidate{layer}"])
            features = torch.cat([states[:, 0], states[:, 1].flip(0)], 2)
        return features


class Crf(nn.Module):
    """A head: scores per character and transitions between tags; its loss accepts several right tags per character."""

    def __init__(self, out: Tensor, bias: Tensor, start: Tensor, stop: Tensor, transition: Tensor) -> None:
        super().__init__()
        self.out, self.bias = nn.Parameter(out), nn.Parameter(bias)
        self.start, self.stop, self.transition = nn.Parameter(start), nn.Parameter(stop), nn.Parameter(transition)

    def scores(self, features: Tensor) -> Tensor:
        return features @ self.out + self.bias

    def loss(self, features: Tensor, mask: Tensor, allowed: Tensor) -> Tensor:
        """Sum over texts of -log p(any allowed path); ``allowed`` [T, B, K] is 0 or a large negative number."""
        free = self.scores(features)
        texts = free.shape[1]
        total = _log_sum(torch.cat([free, free + allowed], 1), torch.cat([mask, mask], 1), self.start, self.stop, self.transition)
        return (total[:texts] - total[texts:]).sum()


@torch.jit.script
def _log_sum(scores: Tensor, mask: Tensor, start: Tensor, stop: Tensor, transition: Tensor) -> Tensor:
    """Log of the summed weights of all paths, per text."""
    held = scores[0] + start
    weights = torch.exp(transition)
    for step in range(1, scores.size(0)):
        highest = held.max(1, keepdim=True)[0].detach()
        moved = torch.log(torch.matmul(torch.exp(held - highest), weights) + 1e-30) + highest + scores[step]
        held = torch.where(mask[step].unsqueeze(1) > 0, moved, held)
    return torch.logsumexp(held + stop, 1)


def divergence(teacher: Tensor, student: Tensor, mask: Tensor) -> Tensor:
    """Sum over characters of KL(teacher || student), both given as scores."""
    want, have = functional.log_softmax(teacher, -1), functional.log_softmax(student, -1)
    return ((want.exp() * (want - have)).sum(-1) * mask).sum()
