"""How the national database came to be (migreringer)."""
