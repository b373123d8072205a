"""From text to facts: the only room that knows spaCy and medspaCy."""
