"""One search over articles, text, quotes, speakers, claims and tags."""
