"""From a draft to what readers get: revisions of pages, and from when on each is shown.

The rows of pages, sections and entries are the draft. Readers never get them: a page's public
face is the content of the revision that is live.
"""
