"""Breaks the code in many small ways, and counts which of them the tests notice.

``script/mutate`` runs it; docs/mutation.md says how to read what it prints.
"""
