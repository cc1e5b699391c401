// Gives each editor of rich text what its hidden text field has: a name, its hint and its fault.
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

  const nameAll = () => document.querySelectorAll(unnamed).forEach(name)
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true })
  nameAll()
})()
