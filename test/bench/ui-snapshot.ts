import type { NotificationItem, NotificationKind } from '../../common/contract/notification.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { account, counts, minute, notification, snapshot } from '../../common/testing/samples.ts'
import type { PageFile } from '../../engine/page/page-files.ts'
import { siteIcon } from '../forum/site-icon.ts'

const kinds: readonly NotificationKind[] = [
  'mentioned',
  'replied',
  'liked',
  'private_message',
  'quoted',
  'posted',
  'granted_badge',
]
const words = [
  'release',
  'garden',
  'compiler',
  'Übersetzung',
  'plugin',
  'travel',
  'música',
  'kernel',
  'recipe',
  'hiking',
]

/**
 * The snapshot of somebody who belongs to very many forums: every account with an icon, numbers and a list.
 * @param now milliseconds since 1970
 */
export const manyAccounts = (accounts: number, itemsOfEach: number, now: number): Snapshot =>
  snapshot({ accounts: Array.from({ length: accounts }, (_, index) => accountOf(index, itemsOfEach, now)) })

/**
 * A forum's icon, as most forums give it: a PNG of 180 px. Never SVG, which the engine refuses: Chromium builds a document
 * for each such picture, on the page's own thread.
 */
export const iconAt = (link: string): PageFile =>
  icons[Number(link.replace(/\D/g, '')) % icons.length] ?? iconIn('888888')

const iconIn = (color: string): PageFile => ({ type: 'image/png', body: Uint8Array.from(siteIcon(color, 180)) })

const icons = ['a03b3b', 'b8862d', '5c8a3a', '2d8a7a', '3a64b8', '7a3fa0', 'a03f78', '55606e'].map(iconIn)

const accountOf = (index: number, items: number, now: number): AccountView => {
  const host = `forum-${index}.example`
  const base = `https://${host}`
  const color = `#${((index * 2_654_435) % 0xffffff).toString(16).padStart(6, '0')}`
  return account({
    id: `account-${index}`,
    site: { base, host, title: `${words[index % words.length]} forum ${index}`, color },
    icon: `/image/icon-${index}`,
    counts: counts({ notifications: index % 4, messages: index % 7 === 0 ? 2 : 0 }),
    checkedAt: now - (index % 50) * minute,
    isLive: index % 3 === 0,
    items: Array.from({ length: items }, (_, place) => itemOf(index, place, now)),
    links: { notifications: `${base}/u/eve/notifications`, apps: `${base}/u/eve/preferences/apps`, signedIn: null },
  })
}

const itemOf = (account: number, place: number, now: number): NotificationItem =>
  notification({
    id: 1000 - place,
    kind: kinds[(account + place) % kinds.length] ?? 'mentioned',
    read: place >= account % 4,
    createdAt: now - (place * 500 + account) * 7 * minute,
    actor: `member-${(account * 7 + place) % 300}`,
    title: `What the ${words[(account + place) % words.length]} number ${place} is about, at some length`,
    excerpt: place % 3 === 0 ? 'The first words of what was written, as the forum gives them' : null,
    url: `https://forum-${account}.example/t/what-it-is-about/${place}/2`,
  })
