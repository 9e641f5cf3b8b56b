"""A text in, quotes with their speakers out; knows only strings and spans."""
