import { html } from 'hono/html'
import { type Html, layout, type PageContext } from './layout.ts'

/** A page that says one thing: an error, or why something is not possible. */
export function messagePage(page: PageContext, title: string, sentence: string): Html {
  return layout(page, title, html`<p class="error">${sentence}</p>`)
}
