"""Speed (hastighed): what must hold, measured against a peer in the same run; `make bench`."""
