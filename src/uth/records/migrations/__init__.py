"""How the local database came to be (migreringer)."""
