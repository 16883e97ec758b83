"""The nouns of this stage, one a file."""

from monitoring.models.fold_cursor import FoldCursor
from monitoring.models.kept_start import KeptStart
from monitoring.models.rollup import Kpis, Rollup

__all__ = ["FoldCursor", "KeptStart", "Kpis", "Rollup"]
