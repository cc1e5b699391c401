// Folds the parts of a long form, which are all open without script, and opens the one that is asked for.
(() => {
  const enoughToFold = 3

  function mount(group) {
    const boxes = [...group.querySelectorAll(".inline-related.has_original")]
    if (boxes.length <= enoughToFold) return
    const parts = boxes.map(part)
    for (const each of parts) each.set(each.hasFault || location.hash === `#${each.box.id}`)
    group.querySelector(".inline-related").before(buttonForAll(group, parts))
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']")
      if (link) reveal(parts, link.hash)
    }, true) // before the keyboard is moved there: what is folded cannot take it
  }

  function part(box) {
    const title = box.querySelector(".part-title")
    const body = box.querySelector(".part-body")
    const button = document.createElement("button")
    button.type = "button"
    button.className = "part-toggle"
    button.setAttribute("aria-controls", body.id)
    button.append(...title.childNodes)
    title.replaceWith(button)
    const set = (isOpen) => {
      button.setAttribute("aria-expanded", isOpen)
      // What is searched for in the page opens its part, where the browser knows how.
      if (isOpen) body.removeAttribute("hidden")
      else body.setAttribute("hidden", "until-found")
    }
    button.addEventListener("click", () => set(body.hasAttribute("hidden")))
    body.addEventListener("beforematch", () => set(true))
    return { box, body, set, hasFault: box.querySelector(".errorlist") !== null }
  }

  function buttonForAll(group, parts) {
    const line = document.createElement("p")
    const button = document.createElement("button")
    line.className = "parts-all"
    button.type = "button"
    button.className = "button"
    const isAnyFolded = () => parts.some(({ body }) => body.hasAttribute("hidden"))
    const say = () => { button.textContent = isAnyFolded() ? group.dataset.openAll : group.dataset.foldAll }
    button.addEventListener("click", () => {
      const isToOpen = isAnyFolded()
      for (const { set } of parts) set(isToOpen)
      say()
    })
    group.addEventListener("click", say)
    say()
    line.append(button)
    return line
  }

  function reveal(parts, hash) {
    const target = hash.length > 1 && document.getElementById(hash.slice(1))
    const asked = target && parts.find(({ box }) => box.contains(target))
    if (asked) asked.set(true)
  }

  // The list of parts would fill a phone's screen.
  function foldOutline() {
    const outline = document.querySelector(".outline details")
    if (outline && matchMedia("(max-width: 74.99rem)").matches) outline.open = false
  }

  foldOutline()
  for (const group of document.querySelectorAll(".inline-group[data-inline-type=stacked]")) mount(group)
})()
