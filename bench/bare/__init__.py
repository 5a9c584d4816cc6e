"""The peer as a Django app (sammenligningen)."""
