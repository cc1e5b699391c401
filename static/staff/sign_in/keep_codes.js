// Prints recovery codes, or hands them over as a file; without script the browser's own menu does.
(() => {
  const print = document.querySelector("[data-prints]")
  const download = document.querySelector("[data-downloads]")
  if (!print || !download) return

  function handOver() {
    const codes = document.querySelectorAll(`#${download.dataset.downloads} code`)
    const text = [...codes].map((code) => `${code.textContent}\n`).join("")
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
    link.download = `${download.dataset.downloads}.txt`
    link.click()
    URL.revokeObjectURL(link.href)
  }

  print.addEventListener("click", () => window.print())
  download.addEventListener("click", handOver)
  print.hidden = download.hidden = false
})()
