"""The parts of a library, one file for each thing that is kept. `store.library.Library` joins them."""
