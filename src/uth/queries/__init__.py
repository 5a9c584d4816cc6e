"""What may be seen (opslag): the read door."""
