"""Layouts that are no prose: tables, grids, charts with a key, travel cards, labels of PART."""
