import { html, raw } from 'hono/html'
import type { Viewer } from '../forum-context.ts'
import type { Site } from '../site.ts'
import { csrfTokenOf } from '../viewers.ts'

export type Html = ReturnType<typeof html>

/** What every page knows. */
export interface PageContext {
  readonly site: Site
  readonly viewer: Viewer
}

const STYLE = raw(`
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f6f7f8 }
  header { background: var(--site); color: #fff; padding: 12px 24px; display: flex; gap: 16px; align-items: center }
  header a { color: #fff; text-decoration: none; font-weight: 600; font-size: 18px }
  header form, header span.who { margin-left: auto }
  header span.who + form { margin-left: 0 }
  main { max-width: 680px; margin: 32px auto; padding: 28px 32px; background: #fff; border: 1px solid #e2e5e8;
    border-radius: 8px }
  h1 { font-size: 22px; line-height: 1.3; margin: 0 0 16px }
  h2 { font-size: 17px; margin: 0 }
  label { display: block; font-weight: 600; margin: 14px 0 4px }
  input:not([type=hidden]) { width: 100%; padding: 8px 10px; font: inherit; border: 1px solid #9aa2aa;
    border-radius: 4px }
  button { font: inherit; padding: 8px 16px; border: 1px solid transparent; border-radius: 4px; cursor: pointer;
    background: var(--site); color: #fff }
  button { white-space: nowrap }
  button.quiet { background: transparent; color: inherit; border-color: currentcolor; padding: 3px 12px }
  :focus-visible { outline: 3px solid #f5a623; outline-offset: 2px }
  .actions { margin-top: 20px }
  .choice { display: flex; gap: 12px; align-items: center }
  .warning { border-left: 4px solid #d98200; background: #fff6e5; padding: 10px 14px }
  .error { border-left: 4px solid #c0392b; background: #fdecea; padding: 10px 14px }
  code { overflow-wrap: anywhere }
  .muted { color: #5a646e; font-size: 14px }
  ul.rows { list-style: none; margin: 20px 0 0; padding: 0 }
  ul.rows > li { border-top: 1px solid #e2e5e8; padding: 14px 0; display: flex; gap: 16px; justify-content: space-between }
  ul.rows > li.unread { font-weight: 600 }
  footer { text-align: center; color: #5a646e; font-size: 13px; padding-bottom: 32px }
`)

/** A whole page around `body`: the site's bar on top, the line that says this is no real forum below. */
export function layout({ site, viewer }: PageContext, title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - ${site.title}</title>
        <link rel="icon" href="${site.path}/images/icon.png" />
        <style>
          :root {
            --site: #${site.color};
          }
          ${STYLE}
        </style>
      </head>
      <body>
        <header>
          <a href="${site.path}/">${site.title}</a>
          ${
            viewer.kind === 'browser'
              ? html`<span class="who">${viewer.user.username}</span>
                  <form method="post" action="${site.path}/logout">
                    ${csrfField({ site, viewer })}<button class="quiet">Log out</button>
                  </form>`
              : html`<span class="who"></span>`
          }
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>Simulated Discourse ${site.profile.name}</footer>
      </body>
    </html>`
}

/** The token Rails wants back in every form. */
export function csrfField({ site, viewer }: PageContext): Html {
  return hiddenField('authenticity_token', csrfTokenOf(site, viewer))
}

export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

/** A time for people, in UTC so that screenshots do not depend on the machine. `at` in milliseconds. */
export function timeInWords(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** A page that says one thing: an error, or why something is not possible. */
export function messagePage(page: PageContext, title: string, sentence: string): Html {
  return layout(page, title, html`<p class="error">${sentence}</p>`)
}
