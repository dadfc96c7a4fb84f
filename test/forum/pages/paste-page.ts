import { html } from 'hono/html'
import { type Html, layout, type PageContext } from './layout.ts'

/** The sentence of protocol.md 1.3. */
export function pasteInstructions(applicationName: string): string {
  return `We just generated a new user API key for you to use with "${applicationName}", please paste the following key into your application:`
}

/**
 * The payload for copy and paste, for requests without a redirect. As on real forums it stands in a bare `<code>`: its
 * lines run together on the screen, and what a person copies has spaces in it (protocol.md 1.3).
 */
export function pastePage(page: PageContext, applicationName: string, payload: string): Html {
  return layout(
    page,
    'Authorize application access',
    html`<p>${pasteInstructions(page.site.profile.namesApplicationOnPastePage ? applicationName : '')}</p>
      <code>${payload}</code>`,
  )
}
