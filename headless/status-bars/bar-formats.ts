import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { totalNew } from '../../common/glance/badge.ts'
import { allCountsText, needsUser, shownState, statusLine, trayTooltip } from '../../common/glance/glance.ts'
import { failureSentence, type Translate } from '../../common/i18n/i18n.ts'
import { accountName } from '../instance.ts'
import { pendingSignIns } from '../pending-sign-ins.ts'

/** The formats of `status --format` besides a template; docs/status-bars.md has a snippet for each. */
export const barFormats = ['waybar', 'polybar', 'xbar', 'i3status', 'tmux', 'plain', 'json'] as const

export type BarFormat = (typeof barFormats)[number]

/** What a template may contain, between braces. */
export const templateNames = [
  'unread',
  'attention',
  'pendingSignIns',
  'accounts',
  'notifications',
  'messages',
  'chat',
  'reviewables',
  'state',
  'summary',
] as const

type TemplateName = (typeof templateNames)[number]

/** The input for one moment: a snapshot, or that no notifier runs. */
interface Moment {
  readonly snapshot: Snapshot | undefined
  readonly t: Translate
  /** Milliseconds since 1970. */
  readonly now: number
}

/** One word for the whole state, by which bars choose icons and colours. */
export const barState = (snapshot: Snapshot | undefined): 'stopped' | 'attention' | 'paused' | 'unread' | 'none' => {
  if (snapshot === undefined) return 'stopped'
  if (snapshot.vault.kind === 'unavailable' || snapshot.accounts.some(needsUser)) return 'attention'
  if (snapshot.quiet.reason === 'paused') return 'paused'
  return totalNew(snapshot) > 0 ? 'unread' : 'none'
}

const attentionOf = (snapshot: Snapshot): number => snapshot.accounts.filter(needsUser).length

/** A number where there is something new, an exclamation mark where an account needs attention; empty otherwise. */
const shortText = (snapshot: Snapshot | undefined): string => {
  if (snapshot === undefined) return ''
  const unread = totalNew(snapshot)
  return [...(unread > 0 ? [String(unread)] : []), ...(barState(snapshot) === 'attention' ? ['!'] : [])].join(' ')
}

const stopped = (t: Translate): string => failureSentence(t, { code: 'not_running' })

/** Characters that mean something in Pango markup (docs.gtk.org/Pango/pango_markup.html). */
const pango = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const formats: Readonly<Record<BarFormat, (moment: Moment) => string>> = {
  // A custom module with `"return-type": "json"` (waybar-custom(5)).
  waybar: ({ snapshot, t, now }) =>
    JSON.stringify({
      text: shortText(snapshot),
      alt: barState(snapshot),
      tooltip: pango(snapshot === undefined ? stopped(t) : tooltip(snapshot, t, now)),
      class: barState(snapshot),
    }),
  // Formatting tags of polybar: a click opens the page.
  polybar: ({ snapshot }) => {
    const text = shortText(snapshot)
    return text === '' ? '' : `%{A1:discourse-notifier open:}${text}%{A}`
  },
  xbar: ({ snapshot, t }) => {
    const lines = snapshot?.accounts.map(
      (account) => `${xbarText(accountText(t, account))} | href=${account.links.notifications}`,
    )
    const pending = snapshot === undefined ? [] : pendingLines(t, snapshot).map(xbarText)
    return [shortText(snapshot) || '·', '---', ...(lines ?? [xbarText(stopped(t))]), ...pending].join('\n')
  },
  // A block of the protocol of i3bar and swaybar, as i3blocks takes it with `format=json`.
  i3status: ({ snapshot }) =>
    JSON.stringify({
      name: 'discourse-notifier',
      full_text: shortText(snapshot),
      short_text: shortText(snapshot),
      urgent: barState(snapshot) === 'attention',
    }),
  tmux: ({ snapshot }) => {
    const text = shortText(snapshot)
    if (text === '') return ''
    return barState(snapshot) === 'attention' ? `#[fg=yellow]${text}#[default]` : text
  },
  plain: ({ snapshot }) => (snapshot === undefined ? '' : String(totalNew(snapshot))),
  json: ({ snapshot }) =>
    JSON.stringify({
      state: barState(snapshot),
      text: shortText(snapshot),
      unread: snapshot === undefined ? 0 : totalNew(snapshot),
      pendingSignIns: snapshot === undefined ? 0 : pendingSignIns(snapshot).length,
      attention: snapshot === undefined ? 0 : attentionOf(snapshot),
      accounts: (snapshot?.accounts ?? []).map((account) => ({
        name: accountName(account),
        title: account.site.title,
        state: shownState(account.state),
        counts: account.counts,
      })),
    }),
}

const accountText = (t: Translate, account: AccountView): string =>
  `${account.site.title}: ${account.counts === null ? t('state.new') : allCountsText(t, account.counts)}`

const tooltip = (snapshot: Snapshot, t: Translate, now: number): string =>
  [
    trayTooltip(t, snapshot, now),
    ...snapshot.accounts.map((account) => accountText(t, account)),
    ...pendingLines(t, snapshot),
  ].join('\n')

/** The forums that wait for the user's approval, in one line; none without any. */
const pendingLines = (t: Translate, snapshot: Snapshot): readonly string[] => {
  const titles = pendingSignIns(snapshot).map(({ site }) => site.title)
  if (titles.length === 0) return []
  return [t('units.named', { name: t('overview.attempts'), what: titles.join(t('units.comma')) })]
}

/** A line of a menu: without line breaks, and without a bar, which would start parameters. */
const xbarText = (text: string): string => text.replaceAll('|', '¦').replaceAll(/\s+/g, ' ')

/** The names in a template that mean nothing. */
export const unknownNames = (template: string): readonly string[] =>
  [...template.matchAll(placeholder)].flatMap(([, name = '']) =>
    templateNames.some((known) => known === name) ? [] : [name],
  )

const placeholder = /\{(\w*)\}/g

const templateValue = ({ snapshot, t }: Moment, name: TemplateName): string => {
  if (snapshot === undefined) return name === 'state' ? barState(snapshot) : ''
  const sum = (kind: 'notifications' | 'messages' | 'chat' | 'reviewables'): string =>
    String(snapshot.accounts.reduce((total, { counts }) => total + (counts?.[kind] ?? 0), 0))
  switch (name) {
    case 'unread':
      return String(totalNew(snapshot))
    case 'attention':
      return String(attentionOf(snapshot))
    case 'pendingSignIns':
      return String(pendingSignIns(snapshot).length)
    case 'accounts':
      return String(snapshot.accounts.length)
    case 'state':
      return barState(snapshot)
    case 'summary':
      return statusLine(t, snapshot)
    case 'notifications':
    case 'messages':
    case 'chat':
    case 'reviewables':
      return sum(name)
  }
}

/**
 * The text for a status bar.
 * @param format a name of `barFormats`, or a template such as `{unread} {attention}`
 */
export const barText = (format: string, moment: Moment): string => {
  const known = barFormats.find((name) => name === format)
  if (known !== undefined) return formats[known](moment)
  return format.replaceAll(placeholder, (whole, name: string) => {
    const found = templateNames.find((one) => one === name)
    return found === undefined ? whole : templateValue(moment, found)
  })
}
