"""Settings (indstillinger), URLs and the two entry points of the server."""
