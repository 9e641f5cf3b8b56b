"""Records out and in: native JSON."""
