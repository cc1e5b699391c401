// Says who else has the form of this page open. Without script it is said when the form is opened.
(() => {
  const place = document.getElementById("others-editing")
  const token = document.querySelector("[name=csrfmiddlewaretoken]")
  const everySoOften = 20_000 // milliseconds; the server forgets after 60 seconds

  async function ask() {
    if (document.hidden) return
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value })
    const answer = await fetch(place.dataset.ask, { method: "POST", body })
    if (!answer.ok) return
    const { others } = await answer.json()
    const names = others.join(", ")
    const words = place.querySelector("span")
    if (words.textContent !== names) words.textContent = names
    place.hidden = !others.length
  }

  if (place && token) setInterval(() => ask().catch(() => {}), everySoOften)
})()
