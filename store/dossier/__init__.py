"""Who said what about one thing: all sightings of a tag, a speaker or a search, and what they say of one another."""
