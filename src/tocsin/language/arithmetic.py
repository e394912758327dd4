"""Matrix products of the parser by numpy's own library, which is three times as fast as thinc's.

spaCy multiplies with BLIS, whose wheel holds few kernels (35 GFLOP/s on one core with AVX-512);
numpy ships OpenBLAS, with kernels for each kind of processor (95 GFLOP/s on the same core). That is
a third of all time of parsing.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import numpy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController


class Arithmetic(NumpyOps):  # type: ignore[misc]
    """What spaCy's models calculate with; matrix products are numpy's."""

    def gemm(
        self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """The product of two matrices, each turned round before if asked for."""
        return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def calculate_by_numpy(nlp: Any) -> None:
    """Let the components of a loaded spaCy pipeline that lie on the processor calculate so."""
    arithmetic = Arithmetic()
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if type(node.ops) is NumpyOps:
                node.ops = arithmetic


def on_one_core() -> AbstractContextManager[Any]:
    """Inside it products are not divided among cores: sums go in one order, so that the answer is
    the same wherever there are more of them, and who wants more cores takes more processes."""
    limited: AbstractContextManager[Any] = _pools().limit(limits=1, user_api="blas")
    return limited


@cache
def _pools() -> ThreadpoolController:
    return ThreadpoolController()
