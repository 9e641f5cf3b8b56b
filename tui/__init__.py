"""Everything on the screen, and the `newsreader` command."""
