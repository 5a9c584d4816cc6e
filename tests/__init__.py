"""Tests: they mirror the source, read as sentences, and use the same people everywhere."""
