import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import type { MenuFrame } from '../ui/menu-content.tsx'
import { AccountMenu } from './account-menu.tsx'
import { RearrangingProvider, useRearranging } from './use-rearranging.ts'

/** The menu of an account outside of the list of forums: it arranges the accounts as they are when it opens. */
export const ArrangingMenu = (props: MenuFrame & { readonly account: string; readonly send: Send }) => {
  const { snapshot } = useServices().host.getState()
  return snapshot && <Arranging snapshot={snapshot} menu={props} />
}

interface ArrangingProps {
  readonly snapshot: Parameters<typeof useRearranging>[0]
  readonly menu: Parameters<typeof ArrangingMenu>[0]
}

const Arranging = ({ snapshot, menu }: ArrangingProps) => (
  <RearrangingProvider value={useRearranging(snapshot)}>
    <AccountMenu {...menu} />
  </RearrangingProvider>
)
