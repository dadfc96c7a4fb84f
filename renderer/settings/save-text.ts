/** Has the browser, or Electron's window, save a text as a file where the user wants it. */
export const saveText = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: the download reads it after this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
