import { html } from 'hono/html'
import { type Html, layout, type PageContext } from './layout.ts'

/** The front page: who is logged in, and the ways from here. */
export function homePage(page: PageContext): Html {
  const { site, viewer } = page
  const topics = site.notifications.topics().filter(({ visible }) => visible)
  return layout(
    page,
    site.title,
    html`<p>${site.settings.description}</p>
      ${
        viewer.kind === 'browser'
          ? html`<p>You are logged in as <strong>${viewer.user.username}</strong>.</p>
              <ul>
                <li><a href="${site.path}/u/${viewer.user.username}/notifications">Notifications</a></li>
                <li><a href="${site.path}/u/${viewer.user.username}/preferences/apps">Apps with access</a></li>
              </ul>`
          : html`<p>You are not logged in. <a href="${site.path}/login">Log in</a></p>`
      }
      ${
        topics.length === 0
          ? ''
          : html`<h2>Topics</h2>
              <ul>
                ${topics.map(({ id, slug, title }) => html`<li><a href="${site.path}/t/${slug}/${id}">${title}</a></li>`)}
              </ul>`
      }`,
  )
}
