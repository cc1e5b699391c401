"""The public addresses that others rely on, and those that are the site's own."""

PAGES = [
    "/",
    "/help-now/",
    "/what-is-sextortion/",
    "/warning-signs/",
    "/chatting-safely/",
    "/keep-the-evidence/",
    "/remove-the-picture/",
    "/already-paid/",
    "/tell-someone/",
    "/after-you-report/",
    "/support/",
    "/apps/",
    "/friends/",
    "/parents/",
    "/schools/",
    "/students/",
    "/the-law/",
    "/campaign/",
    "/hide-your-visit/",
    "/report/other-ways/",
    "/feedback/",
    "/cookies/",
    "/privacy/",
    "/accessibility/",
]
OTHER_SCREENS = ["/report/", "/report/code/", "/feedback/thanks/", "/no-such-page/"]
FILES = ["/robots.txt", "/sitemap.xml", "/health/live", "/health/ready"]
