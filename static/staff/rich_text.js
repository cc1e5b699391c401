// Gives each editor of rich text what its hidden text field has: a name, its hint, its fault, and
// the keyboard, where a link leads to the field.
(() => {
  const unnamed = ".prose-editor .ProseMirror[contenteditable]:not([aria-label])"

  function name(editor) {
    const field = editor.closest(".prose-editor").querySelector("textarea")
    const label = field && document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
    if (!label) return
    editor.setAttribute("aria-label", label.textContent.replace(/:$/, ""))
    editor.setAttribute("aria-multiline", "true")
    for (const word of ["aria-describedby", "aria-invalid"]) {
      const said = field.getAttribute(word)
      if (said) editor.setAttribute(word, said)
    }
    label.addEventListener("click", () => editor.focus())
  }

  function follow(event) {
    const link = event.target.closest("a[href^='#']")
    const field = link && document.getElementById(link.hash.slice(1))
    const editor = field?.closest(".prose-editor")?.querySelector(".ProseMirror")
    if (!editor) return
    event.preventDefault()
    editor.focus()
    editor.scrollIntoView({ block: "center" })
  }

  document.addEventListener("click", follow)
  const nameAll = () => document.querySelectorAll(unnamed).forEach(name)
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true })
  nameAll()
})()
