"""The attempts. Each calls ``hit()`` or asks for the canary's address, if it is let.

Most are short, since the fields for titles and numbers are. Where an idea was published, it is in
OWASP's XSS Filter Evasion Cheat Sheet or PortSwigger's XSS cheat sheet.
"""

CANARY = "canary.example"
# A web address like any other, outside of quotation marks a handler.
LINK = "https://e.example/onmouseover=hit()//"

SCRIPTS = [
    "<script>hit()</script>",
    "<scr<script>ipt>hit()</script>",
    "<script\x0c>hit()</script>",
    '<script type="importmap">{"imports":{"a":"//canary.example/"}}</script>',
]
HANDLERS = [
    "<img src=x onerror=hit()>",
    "<svg onload=hit()>",
    "<body onload=hit()>",
    "<b onmouseover=hit()>b</b>",
    "<input autofocus onfocus=hit()>",
    "<details open ontoggle=hit()>",
    "<b style=animation:x onanimationend=hit()>",
]
LINKS = [
    "<a href=javascript:hit()>a</a>",
    '<a href="java\tscript:hit()">a</a>',
    '<a href=" \x01javascript:hit()">a</a>',
    "<a href=&#106;avascript:hit()>a</a>",
    "<a href=data:text/html,<script>hit()</script>>a</a>",
    "<a href='https://e.example/\" onclick=hit() x=\"'>a</a>",
    "<a href=https://e.example/ ping=//canary.example/>a</a>",
    "javascript:hit()",
    LINK,
]
ELEMENTS = [
    "<iframe src=javascript:hit()></iframe>",
    "<iframe srcdoc='<script>hit()</script>'></iframe>",
    "<object data=javascript:hit()></object>",
    "<base href=//canary.example/>",
    "<meta http-equiv=refresh content=0;//canary.example/>",
    "<link rel=stylesheet href=//canary.example/>",
    "<img src=//canary.example/>",
    "<template><script>hit()</script></template>",
]
STYLES = [
    "<style>@import'//canary.example/';</style>",
    "<b style=background:url(//canary.example/)>b</b>",
]
VECTORS = [
    "<svg><script>hit()</script></svg>",
    "<svg><a xlink:href=javascript:hit()><text>t</text></a>",
    "<math><mtext><img src=x onerror=hit()></mtext></math>",
]
# What one parser takes for an attribute or a comment, and another for an element.
MUTATIONS = [
    '<noscript><p title="</noscript><img src=x onerror=hit()>">',
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
    '<svg></p><style><a id="</style><img src=x onerror=hit()>">',
    "<!--><img src=x onerror=hit()>-->",
    "<![CDATA[><img src=x onerror=hit()>]]>",
]
BREAK_OUTS = [
    '"><img src=x onerror=hit()>',
    '" autofocus onfocus=hit() x="',
    "` onmouseover=hit() x=`",
    "--><img src=x onerror=hit()>",
    "</script><script>hit()</script>",
    "</title><script>hit()</script>",
    "</textarea><script>hit()</script>",
    "';hit()//",
]
ENCODED = [
    "&lt;script&gt;hit()&lt;/script&gt;",
    "\\u003cscript\\u003ehit()\\u003c/script\\u003e",
    "\uff1cscript\uff1ehit()\uff1c/script\uff1e",  # full width: some databases make < of it
    "<\u017fcript>hit()</\u017fcript>",  # a long s, whose capital is S
    "\u202e<script>hit()</script>\u202c",  # from right to left
    "<img src=x\u2028onerror=hit()>",
    "<scr\u0000ipt>hit()</scr\u0000ipt>",
    "{{ hit()|add:7 }}{% debug %}",
    "{{constructor.constructor('hit()')()}}",
    '=HYPERLINK("//canary.example/")',
]
OURS = [
    "[[service:<script>hit()</script>]]",
    '[[force" onmouseover="hit()]]',
    # The mention brings a link of its own, with quotation marks, into an attribute.
    '<a href="https://e.example/?hit()[[service:childline]]<b">a</a>',
    '<a href="https://e.example/?hit()[[service:hostile]]<b">a</a>',
    '<prose-menu class="prose-menubar" onclick=hit()>',
    '<p class="ProseMirror" contenteditable onfocus=hit() autofocus>p</p>',
    "a | <script>hit()</script> | b",
]

ATTEMPTS = [
    *SCRIPTS,
    *HANDLERS,
    *LINKS,
    *ELEMENTS,
    *STYLES,
    *VECTORS,
    *MUTATIONS,
    *BREAK_OUTS,
    *ENCODED,
    *OURS,
]
