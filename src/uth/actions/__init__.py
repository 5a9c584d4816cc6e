"""What may be done (handlinger): the write door."""
