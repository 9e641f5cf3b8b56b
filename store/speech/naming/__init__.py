"""The parts of naming: words, people, bodies, roles, pronouns."""
