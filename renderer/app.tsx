import { useEffect, useSyncExternalStore } from 'react'
import { windowTitle } from '../common/glance.ts'
import { ConnectionPage } from './connection-page.tsx'
import { useServices } from './services.ts'
import { useAppearance } from './use-appearance.ts'
import { Workspace } from './workspace.tsx'

/** The whole window: the workspace once there is something to show, until then how far the connection is. */
export const App = () => {
  const { host, t } = useServices()
  const { connection, snapshot } = useSyncExternalStore(host.subscribe, host.getState)
  useAppearance(snapshot?.preferences.appearance)
  const title = snapshot === null ? t('app.name') : windowTitle(t, snapshot)

  useEffect(() => {
    document.title = title
  }, [title])

  if (snapshot === null || connection === 'noToken' || connection === 'signedOut') {
    return <ConnectionPage connection={connection} />
  }
  return <Workspace snapshot={snapshot} isLost={connection === 'lost'} />
}
