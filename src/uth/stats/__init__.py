"""Figures (tal): series, control charts, signals and the guarding of small numbers."""
