"""The `uth` command (kommandolinjen)."""
