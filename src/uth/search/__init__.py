"""Danish text search (søgning): stems, queries and similar texts."""
