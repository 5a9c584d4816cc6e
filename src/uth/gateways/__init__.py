"""The outside world (omverdenen): one plain client a file."""
