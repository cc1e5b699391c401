// In every document of these tests: notices what runs, and what looks as if it could.
self.hits = 0;
self.hit = () => { self.hits += 1; };

// Elements that neither the site nor the admin has.
const STRANGE = "iframe:not([src^='/staff/preview/']), frame, object, embed, applet, base:not([target=_blank]), portal, marquee, isindex, template:not(#report-words)," +
  " noscript, xmp, listing, foreignObject, animate, set, use:not([*|href^='#icon-']), math, video, audio, table[background]";
const LEADS = ["href", "src", "action", "formaction", "data", "poster", "background", "srcset",
  "xlink:href", "ping", "manifest", "to", "from", "values", "content"];
const OURS = /^(\/static\/|\/pictures\/|data:image\/svg)/;

self.suspicious = (document) => {
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
  document.querySelectorAll(STRANGE).forEach((element) => say("a strange element", element));
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    const isWords = name === "script" && /json$/.test(element.type);
    if (element instanceof HTMLUnknownElement) say("an unknown element", element);
    if (/^(script|style)$/.test(name) && !isWords && /hit\(|canary/.test(element.textContent)) say("code", element);
    if (name === "img" && element.hasAttribute("src") && !OURS.test(element.getAttribute("src"))) say("an image", element);
    if (name === "meta" && element.httpEquiv) say("an order to the browser", element);
    for (const { name: key, value } of element.attributes) {
      const address = value.replace(/[\u0000-\u0020]/g, "");
      const isPlainLink = name === "a" && key === "href" && /^(https|mailto):/.test(address);
      if (/^on|^srcdoc$|^autofocus.+/.test(key)) say("a handler", element);
      if (/[<"'`=]/.test(key)) say("an attribute that broke out", element);
      if (/^(id|class|name|type|style|rel|target)$/.test(key) && /hit\(|canary/.test(value)) say("a name", element);
      if (!LEADS.includes(key) || (name === "meta" && !element.httpEquiv)) continue;
      if (/^(javascript|vbscript|data(?!:image\/svg))/i.test(address)) say("a link that runs", element);
      if (/canary/.test(address) && !isPlainLink) say("a link that asks", element);
    }
  }
  return found;
};

// How often the attempts stand there as words.
self.mentioned = (document) => document.documentElement.outerHTML.split(/hit\(\)|canary/).length - 1;

// The address, from a history's, of the comparison of what was first there with the latest.
self.comparison = (document) => {
  const points = [...document.querySelectorAll("input[type=radio][name=before]")];
  if (points.length < 2) return "";
  return `?before=${points[points.length - 1].value}&after=${points[0].value}`;
};

// What markup holds, as this browser reads it without opening it, and where it leads on.
self.looked = (text, address) => {
  const parsed = new DOMParser().parseFromString(text, "text/html");
  const draft = parsed.querySelector("iframe")?.getAttribute("src");
  const compared = address.includes("?") ? "" : comparison(parsed);
  return {
    found: suspicious(parsed),
    mentions: mentioned(parsed),
    further: [draft, compared && address + compared].filter(Boolean),
  };
};
