"""The same questions to this site and to public components that leave a site, in each engine.

``rows`` asks, ``compare`` writes the answers into docs/safe-exit.md.
"""
