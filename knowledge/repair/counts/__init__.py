"""The counts that repair stands on, as packed files; ``python -m knowledge.repair.learn`` makes them."""
