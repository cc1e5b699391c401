// Works out the puzzle (altcha's, second version) of a form that carries one. It comes while the
// site is flooded, begins when the reader begins to answer, and nobody has to wait for it.
(() => {
  "use strict";
  const LONGEST_WAIT = 2000; // milliseconds that sending waits
  const input = document.querySelector("input[data-challenge]");
  if (!input || !self.crypto?.subtle) return;
  const form = input.form;
  const challenge = JSON.parse(input.dataset.challenge);
  const { nonce, salt, cost, keyLength, keyPrefix, data } = challenge.parameters;
  let work, isReady, isWaiting;

  const bytes = (hex) => hex.match(/../g).map((two) => parseInt(two, 16));
  const hex = (buffer) =>
    [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // The browser derives beside the page, so a key press waits for next to nothing.
  const derive = async (counter) => {
    const password = new Uint8Array([...bytes(nonce), 0, 0, counter >> 8, counter & 255]);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(bytes(salt)), iterations: cost };
    return hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
  };

  const isWanted = () => form.isConnected && !safeExit.isLeaving;

  const solve = async () => {
    for (let counter = 0; counter <= data.tries && isWanted(); counter++) {
      const derivedKey = await derive(counter);
      if (!derivedKey.startsWith(keyPrefix)) continue;
      input.value = btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
      return;
    }
  };

  const start = () => {
    work = work || solve().catch(() => { /* sent without it, and taken all the same */ });
    return work;
  };

  form.addEventListener("input", start);

  // Where the form's own script has let it pass, so that no step but the last waits; and before
  // it is sent in this page's place.
  form.parentNode.addEventListener("submit", async (event) => {
    if (event.target !== form || isReady || input.value || !form.requestSubmit) return;
    event.preventDefault();
    event.stopPropagation();
    if (isWaiting) return;
    isWaiting = true;
    await Promise.race([start(), new Promise((go) => setTimeout(go, LONGEST_WAIT))]);
    isReady = true;
    // Later, since a form takes no second submission while the first is still being told of.
    setTimeout(() => { if (isWanted()) form.requestSubmit(event.submitter); });
  });
})();
