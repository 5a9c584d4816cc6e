"""Measuring (måling): what of the identities in marked texts is found, what else is hidden, and how sure that is."""

from uth.deid.evaluate.gold import BadGold, Gold, gold, read
from uth.deid.evaluate.score import Finder, Ratio, Score, Share, measure

__all__ = ["BadGold", "Finder", "Gold", "Ratio", "Score", "Share", "gold", "measure", "read"]
