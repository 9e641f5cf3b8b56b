"""Everything behind the screen: ingest, speech, the library, search, exchange."""
