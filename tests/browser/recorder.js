// What one visit to a rigged page saw of Escape. Stands before leave.js, so that its listeners are
// called first, and hears of nothing but events: it changes nothing that leaves.
(() => {
  "use strict";
  const rig = RIG;
  const root = document.documentElement;
  const began = { keys: 0, frames: 0, bare: [] };

  // Kept where no network is: the test reads it from the next page. All of it each time, since
  // leaving clears what is stored.
  let told = rig.keeps && localStorage.told || "";
  const tell = (what, more) => {
    const message = JSON.stringify({ visit: rig.visit, what, ...more });
    if (rig.keeps) localStorage.told = told += message + "\n";
    else navigator.sendBeacon(rig.tell, message);
  };

  // --- Is the page covered? ---

  const POINTS = [0.01, 0.25, 0.5, 0.75, 0.99];

  // "" where it is; else what is seen, or what is wrong with the cover.
  const bare = () => {
    const veil = root.querySelector(":scope > [popover]");
    if (!veil) return "no cover";
    if (rig.times) return ""; // all the rest takes a good part of a frame
    const style = getComputedStyle(veil);
    const box = veil.getBoundingClientRect();
    if (style.opacity !== "1" || style.visibility !== "visible") return "a cover that is not seen";
    if (/^rgba|transparent/.test(style.backgroundColor)) return `a cover of ${style.backgroundColor}`;
    if (box.left > 0 || box.top > 0 || box.right < root.clientWidth || box.bottom < root.clientHeight)
      return `a cover of ${JSON.stringify(box)}`;
    if (!veil.matches(":popover-open")) return "a cover outside the top layer";
    // A modal dialog makes all else inert, which no point finds. The cover was put into the top
    // layer after it and so lies over it; the picture of the screen is the proof.
    if (document.querySelector("dialog:modal")) return "";
    for (const x of POINTS)
      for (const y of POINTS) {
        const found = document.elementFromPoint(x * root.clientWidth, y * root.clientHeight);
        if (found !== veil) return `${found?.nodeName} at ${x}, ${y}`;
      }
    return "";
  };

  // --- From the key on ---

  // The next task, before the timers of the page; of a frame's, what comes once it is drawn.
  const next = (then) => {
    if (self.scheduler) return scheduler.postTask(then, { priority: "user-blocking" });
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(null);
  };

  const watch = (time) => {
    const now = performance.now();
    const seen = bare();
    began.frames += 1;
    if (seen) began.bare.push(`frame ${began.frames}: ${seen}`);
    if (began.frames === 1) {
      began.toFrame = now - began.at;
      next(() => {
        began.toPaint = performance.now() - began.at;
        tell("frame", { seen, title: document.title, ...began });
      });
    }
    requestAnimationFrame(watch);
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    began.keys += 1;
    if (began.keys > 1) return;
    began.at = event.timeStamp;
    requestAnimationFrame(watch);
    if (rig.times) return;
    // Nothing may be shown before the listeners are through, so this comes before any frame.
    next(() => {
      const seen = bare();
      if (seen) began.bare.push(`after the key: ${seen}`);
      tell("key", began);
    });
  }, true);

  addEventListener("pagehide", () => {
    if (began.keys) tell("gone", { ...began, toGone: performance.now() - began.at });
  });

  // --- What the test asks for in the page ---

  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  // Of a colour that the site has not, over everything that is no popover or dialog.
  const mark = () => {
    const patch = make("div");
    patch.style.cssText = `position:fixed;left:40%;top:40%;width:4em;height:4em;z-index:2147483647;background:${rig.colour}`;
    return patch;
  };

  const furnish = () => {
    const main = document.querySelector("main");
    const wanted = rig.focus && make(rig.focus);
    if (wanted) main.prepend(wanted);
    if (rig.focus === "select") wanted.append(make("option", { text: "One" }), make("option"));
    if (rig.focus === "dialog") {
      wanted.append(make("input"), mark());
      wanted.showModal();
      wanted.firstChild.focus();
    } else {
      main.append(mark());
      wanted?.focus();
    }
  };

  const soon = rig.times && self.requestIdleCallback || requestAnimationFrame;
  // Once a frame was drawn: a reader presses a key at what is seen.
  const ready = () => requestAnimationFrame(() => soon(() => tell("ready", {
    focus: document.activeElement?.nodeName, hasFocus: document.hasFocus(), state: document.readyState,
  })));

  if (rig.stall === "head" || rig.stall === "body") {
    tell("ready");
  } else if (rig.stall) {
    // Scripts run while the parser waits; nothing tells it that the body is there, so frames do.
    const look = () => {
      if (!document.querySelector("main h1")) return requestAnimationFrame(look);
      furnish();
      ready();
    };
    requestAnimationFrame(look);
  } else {
    addEventListener("load", () => { furnish(); ready(); });
  }
})();
