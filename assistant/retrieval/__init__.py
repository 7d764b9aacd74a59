"""Finding similar past tables and indicators: by words (SQLite FTS5), by meaning (vectors in Chroma), and both fused.

`index` keeps the disposable index of the store up to date, `search` asks it. Import from the modules directly;
nothing heavy is loaded before the first question.
"""
