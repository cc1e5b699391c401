// Buttons that copy what a field or a list holds; without script it is selected by hand.
(() => {
  const wordsOf = (place) => place.value ?? [...place.children].map((line) => line.textContent.trim()).join("\n")

  function select(place) {
    if (place.select) place.select()
    else getSelection().selectAllChildren(place)
  }

  async function copy(button) {
    const place = document.getElementById(button.dataset.copies)
    const said = button.nextElementSibling
    said.textContent = ""
    try {
      await navigator.clipboard.writeText(wordsOf(place))
      said.textContent = button.dataset.done
    } catch {
      select(place)
    }
  }

  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false
    button.addEventListener("click", () => copy(button))
  }
})()
