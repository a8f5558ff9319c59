"""Times train steps of networks by NumPy or PyTorch, for benchmark-network.

Usage: benchmark-network.py numpy|torch
Says "ready", then answers each line "BATCH STEPS SIZE SIZE …" with the seconds of one step. Both compute in float64 on
one thread; what other programs take does not count.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys
import time

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[library + "_NUM_THREADS"] = "1"

import numpy as np

RATE = 0.01


def numbers(batch, sizes):
    random = np.random.default_rng(1)
    inputs = random.normal(size=(batch, sizes[0]))
    targets = np.eye(sizes[-1])[np.arange(batch) % sizes[-1]] if sizes[-1] > 1 else np.arange(batch)[:, None] % 2.0
    layers = [[0.3 * random.normal(size=(n, m)), np.zeros(m)] for n, m in zip(sizes, sizes[1:])]
    return inputs, targets, layers


def numpy_step(inputs, targets, layers):
    values = [inputs]
    for i, (matrix, bias) in enumerate(layers):
        z = values[-1] @ matrix + bias
        values.append(np.tanh(z) if i + 1 < len(layers) else z)
    output = values[-1]
    if output.shape[1] > 1:
        shifted = output - output.max(axis=1, keepdims=True)
        powers = np.exp(shifted)
        sums = powers.sum(axis=1, keepdims=True)
        loss = (targets * (np.log(sums) - shifted)).sum(axis=1).mean()
        gradient = (powers / sums - targets) / len(inputs)
    else:
        residual = output - targets
        loss = np.square(residual).mean()
        gradient = residual * (2 / len(inputs))
    for i in reversed(range(len(layers))):
        matrix, bias = layers[i]
        if i + 1 < len(layers):
            gradient = gradient * (1 - values[i + 1] * values[i + 1])
        below = gradient @ matrix.T if i > 0 else None
        matrix -= RATE * (values[i].T @ gradient)
        bias -= RATE * gradient.sum(axis=0)
        gradient = below
    return loss


def torch_step(inputs, targets, layers):
    value = inputs
    for i, (matrix, bias) in enumerate(layers):
        value = value @ matrix + bias
        if i + 1 < len(layers):
            value = torch.tanh(value)
    if value.shape[1] > 1:
        loss = torch.nn.functional.cross_entropy(value, targets)
    else:
        loss = torch.square(value - targets).mean()
    loss.backward()
    with torch.no_grad():
        for parameter in (parameter for layer in layers for parameter in layer):
            parameter -= RATE * parameter.grad
            parameter.grad = None
    return loss


step = numpy_step
if sys.argv[1] == "torch":
    import torch

    torch.set_num_threads(1)
    step = torch_step

print("ready", flush=True)
for line in sys.stdin:
    batch, steps, *sizes = map(int, line.split())
    inputs, targets, layers = numbers(batch, sizes)
    if sys.argv[1] == "torch":
        inputs, targets = torch.from_numpy(inputs), torch.from_numpy(targets)
        layers = [[torch.from_numpy(p).requires_grad_() for p in layer] for layer in layers]
    for _ in range(5):
        step(inputs, targets, layers)
    start = time.thread_time()
    for _ in range(steps):
        step(inputs, targets, layers)
    print((time.thread_time() - start) / steps, flush=True)
