// Asks before a form is left with words in it that nobody has saved. Back in the browser would
// bring them back; a link does not.
(() => {
  const form = document.querySelector("#content-main form[method=post]")
  if (!form) return
  let hasUnsaved = form.querySelector(".errorlist") !== null // shown again, and not saved

  const mark = () => (hasUnsaved = true)
  form.addEventListener("input", mark)
  form.addEventListener("change", mark)
  form.addEventListener("submit", () => (hasUnsaved = false))
  addEventListener("beforeunload", (event) => {
    if (hasUnsaved) event.preventDefault()
  })
})()
