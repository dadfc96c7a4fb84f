import { html } from 'hono/html'
import type { Notification } from '../notification-store.ts'
import type { Site } from '../site.ts'
import { csrfField, type Html, layout, type PageContext, timeInWords } from './layout.ts'

/** A member's notifications, newest first, with the button that marks them all as read. */
export function notificationsPage(page: PageContext, notifications: readonly Notification[]): Html {
  return layout(
    page,
    'Notifications',
    html`${
      notifications.length === 0
        ? html`<p>Nothing yet.</p>`
        : html`<form method="post" action="${page.site.path}/notifications/dismiss-all">
            ${csrfField(page)}<button>Mark all as read</button>
          </form>`
    }
      <ul class="rows">
        ${notifications.map((notification) => row(page.site, notification))}
      </ul>`,
  )
}

function row(site: Site, notification: Notification): Html {
  const topic = notification.topicId === null ? undefined : site.notifications.topic(notification.topicId)
  const what = `${notification.typeName.replaceAll('_', ' ')} by ${notification.actingUsername}`
  const title =
    topic === undefined
      ? what
      : html`<a href="${site.path}/t/${topic.slug}/${topic.id}/${notification.postNumber ?? 1}">${topic.title}</a>`
  return html`<li class="${notification.read ? 'read' : 'unread'}">
    <span>${title}${topic === undefined ? '' : html` <span class="muted">${what}</span>`}</span>
    <span class="muted">${timeInWords(notification.createdAt)}</span>
  </li>`
}
