import { html, raw } from 'hono/html'
import { type Html, layout, type PageContext } from './layout.ts'

/** Without JavaScript there is no button, and the text can still be selected. */
const COPY_SCRIPT = raw(`
  const button = document.getElementById('copy')
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById('payload').textContent)
    button.textContent = 'Copied'
  })
`)

/** The sentence of protocol 1.3. */
export function pasteInstructions(applicationName: string): string {
  return `We just generated a new user API key for you to use with ${applicationName}, please paste the following key into your application:`
}

/** The payload for copy and paste, for requests without a redirect (protocol 1.3). */
export function pastePage(page: PageContext, applicationName: string, payload: string): Html {
  return layout(
    page,
    'Authorize application access',
    html`<p>${pasteInstructions(applicationName)}</p>
      <pre><code id="payload">${payload}</code></pre>
      <button id="copy" type="button" hidden>Copy</button>
      <script>
        ${COPY_SCRIPT}
      </script>`,
  )
}
