"""`make bench-deid`: our de-identification and what else can be installed, on the same texts in one run."""
