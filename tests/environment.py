"""The environment of every test (miljøet), set before Django reads its settings: a demo in a folder of its own."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("UTH_DEMO", "1")
# A folder of one's own, whatever the caller's: a test must never write where a demonstration lives.
VAR = tempfile.mkdtemp(prefix="uth-tests-")
os.environ["UTH_VAR"] = VAR
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uth.config.settings")
