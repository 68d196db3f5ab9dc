// Copying a value to the clipboard, by the button beside it.

export const copying = `
for (const button of all('[data-copy]')) {
  button.hidden = false
  const words = button.textContent
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(source.textContent)
      button.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(source)
      button.textContent = 'Press Ctrl+C'
    }
    setTimeout(() => { button.textContent = words }, 2000)
  })
}
`
