"""`/om`: method, symbols, definitions, glossary, sources, version."""
