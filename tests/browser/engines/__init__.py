"""The three browser engines, driven alike: Chromium, Firefox and WebKitGTK, Debian's builds."""
