"""Tools beside the product: benchmarks, the audit by strangers' tools, measures of the code."""
