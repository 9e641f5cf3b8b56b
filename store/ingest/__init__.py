"""A source in, an Extract out: read, decode, clean, metadata."""
