"""Search at a million indicator rows: Jimu beside the naive pipeline, measured in one run."""
