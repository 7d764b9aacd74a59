"""Past tables: the transactional store that holds the truth, and the texts the search index is made from."""

from assistant.precedents.records import Added, Counts, Filter, FilterFacts, PastRow, TableFacts
from assistant.precedents.store import PastTables
from assistant.precedents.texts import plain_name, table_text, text_key, vector_key

__all__ = [
    "Added",
    "Counts",
    "Filter",
    "FilterFacts",
    "PastRow",
    "PastTables",
    "TableFacts",
    "plain_name",
    "table_text",
    "text_key",
    "vector_key",
]
