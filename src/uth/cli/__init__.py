"""The `uth` command (kommandolinjen)."""

import os

# Work is shared by processes; threads of the arithmetic under them would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
