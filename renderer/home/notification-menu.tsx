import { ok, type Result } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { type SnoozeChoice, snoozeChoices } from '../../common/contract/snooze-choice.ts'
import { clockText } from '../../common/i18n/time-text.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { copyText } from '../ui/copy-text.ts'
import { Menu } from '../ui/menu.tsx'
import type { MenuFrame, MenuItem } from '../ui/menu-content.tsx'
import { useUndo } from '../undo/use-undo.ts'
import { snoozeText } from './snooze-times.ts'

interface NotificationMenuProps extends MenuFrame {
  /** Id of the account. */
  readonly account: string
  /** The notifications in one row: at least one, newest first. */
  readonly items: readonly [NotificationItem, ...NotificationItem[]]
  readonly send: Send
  /** Called when the newest one is being opened. */
  readonly onOpen: () => void
}

/** Everything that can be done with a notification. */
export const NotificationMenu = ({ account, items, send, onOpen, ...frame }: NotificationMenuProps) => {
  const { t, host, minutes } = useServices()
  const { offer } = useUndo()
  const [newest] = items
  const unread = items.filter(({ read }) => !read)
  // The menu is created each time it opens, so rows need not know which of their notifications are snoozed.
  const view = host.getState().snapshot?.accounts.find(({ id }) => id === account)
  const snoozed = items.filter(({ id }) => view?.snoozed.some(({ notification }) => notification === id))

  const bringBack = async (ids: readonly number[]): Promise<Result<null>> => {
    const done = await Promise.all(
      ids.map((notification) => host.execute('notification.unsnooze', { account, notification })),
    )
    return done.find((result) => !result.ok) ?? ok(null)
  }

  const snooze = (choice: SnoozeChoice): void => {
    const ids = unread.map(({ id }) => id)
    for (const notification of ids) {
      send('notification.snooze', { account, notification, for: choice }, ({ until }) =>
        offer({
          text: t('home.snoozedUntil', { time: clockText(t, until, minutes.now()) }),
          undo: () => bringBack(ids),
        }),
      )
    }
  }

  const mute = (topic: number): void => {
    const mutedTopics = [...(host.getState().snapshot?.preferences.accounts[account]?.mutedTopics ?? [])]
    send('topic.mute', { account, topic }, () =>
      offer({
        text: t('home.topicMuted'),
        undo: () => host.execute('preferences.change', { accounts: { [account]: { mutedTopics } } }),
      }),
    )
  }

  const { topic, url } = newest
  const first: readonly MenuItem[] = [
    {
      label: t('home.open'),
      onChoose: () => {
        window.open(url, '_blank', 'noopener,noreferrer')
        onOpen()
      },
    },
    ...(unread.length === 0
      ? []
      : [
          {
            label: t('inbox.mark'),
            onChoose: () => {
              for (const { id } of unread) send('notification.read', { account, notification: id })
            },
          },
        ]),
  ]
  const later: readonly MenuItem[] =
    snoozed.length > 0
      ? [{ label: t('home.unsnooze'), onChoose: () => void bringBack(snoozed.map(({ id }) => id)) }]
      : snoozeChoices.map((choice) => ({ label: snoozeText(t, choice, minutes.now()), onChoose: () => snooze(choice) }))
  return (
    <Menu
      {...frame}
      sections={[
        { items: first },
        ...(unread.length === 0
          ? []
          : [snoozed.length > 0 ? { items: later } : { label: t('home.snooze'), items: later }]),
        {
          items: [
            ...(topic === null ? [] : [{ label: t('home.muteTopic'), onChoose: () => mute(topic) }]),
            { label: t('add.copyLink'), onChoose: () => void copyText(url) },
          ],
        },
      ]}
    />
  )
}
