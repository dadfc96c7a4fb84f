import { html } from 'hono/html'
import type { Notification, Topic } from '../notification-store.ts'
import { type Html, layout, type PageContext } from './layout.ts'

/** A placeholder for a topic, opened at a post. `about` are the viewer's notifications that lead there. */
export function topicPage(page: PageContext, topic: Topic, postNumber: number, about: readonly Notification[]): Html {
  return layout(
    page,
    topic.title,
    html`<p>Post ${postNumber} of topic ${topic.id}.</p>
      ${about.map(
        ({ actingUsername, excerpt }) =>
          html`<p><strong>${actingUsername}</strong>: ${excerpt ?? 'wrote something the simulation did not record.'}</p>`,
      )}`,
  )
}
