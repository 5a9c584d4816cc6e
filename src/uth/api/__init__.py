"""The interface for programs (API)."""
