import { addressOf } from '../app/view.ts'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { Menu } from '../ui/menu.tsx'
import type { MenuFrame, MenuItem } from '../ui/menu-content.tsx'
import { useRearrangingHere } from './use-rearranging.ts'

/** What can be done with an account besides: everything that dragging does, for those who cannot drag. */
export const AccountMenu = ({
  account,
  send,
  ...frame
}: MenuFrame & { readonly account: string; readonly send: Send }) => {
  const { host, t } = useServices()
  const { sections, canAddGroup, canStep, step, move, addGroup } = useRearrangingHere()
  const own = sections.find(({ accounts }) => accounts.some(({ id }) => id === account))?.group?.id ?? null
  const groups = sections.flatMap(({ group }) => (group === null ? [] : [group]))
  const places = [{ id: null, name: t('overview.noGroup') }, ...groups]
  const items: readonly MenuItem[] = [
    ...(groups.length === 0 ? [] : places).map(({ id, name }) => ({
      id: id ?? '',
      label: name,
      isChosen: id === own,
      onChoose: () => {
        if (id !== own) move(account, { group: id, before: null })
      },
    })),
    ...(canAddGroup ? [{ id: 'new', label: t('overview.newGroup'), onChoose: () => addGroup(account) }] : []),
  ]
  // The menu is made anew each time it opens; a row need not know of it.
  const isMuted = host.getState().snapshot?.preferences.accounts[account]?.level === 'nothing'
  const mute: MenuItem = {
    label: t(isMuted ? 'overview.unmuteAlerts' : 'overview.muteAlerts'),
    onChoose: () => {
      const level = isMuted ? null : 'nothing'
      send('preferences.change', { accounts: { [account]: { level } } })
    },
  }
  const settings: MenuItem = {
    label: t('tray.settings'),
    onChoose: () => {
      window.location.hash = addressOf({ kind: 'account', account })
    },
  }
  return (
    <Menu
      {...frame}
      sections={[
        {
          items: [
            { label: t('overview.moveUp'), isDisabled: !canStep(account, 'up'), onChoose: () => step(account, 'up') },
            {
              label: t('overview.moveDown'),
              isDisabled: !canStep(account, 'down'),
              onChoose: () => step(account, 'down'),
            },
          ],
        },
        { label: t('overview.moveTo'), items },
        { items: [mute, settings] },
      ]}
    />
  )
}
