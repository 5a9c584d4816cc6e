"""Utilsigtede hændelser (UTH): report them, handle them, learn from them."""
