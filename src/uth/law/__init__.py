"""What the law says (loven): pure values and rules, each with its paragraph and its day."""
