import { useSyncExternalStore } from 'react'
import { useServices } from '../services/services.ts'
import { ConnectionPage } from './connection-page.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { FirstLoad } from './first-load.tsx'
import { AfterFirstViews } from './first-views.tsx'
import { useAppearance } from './use-appearance.ts'
import { Workspace } from './workspace.tsx'

/** The whole window: the workspace once there is a snapshot; until then a skeleton, or why nothing can be shown. */
export const App = () => {
  const { host } = useServices()
  const { connection, snapshot } = useSyncExternalStore(host.subscribe, host.getState)
  useAppearance(snapshot?.preferences.appearance)
  if (connection === 'noToken' || connection === 'signedOut') return <ConnectionPage connection={connection} />
  if (snapshot === null) return connection === 'lost' ? <ConnectionPage connection={connection} /> : <FirstLoad />
  const isLost = connection === 'lost'
  return (
    <ErrorBoundary retryKey={`${isLost}`}>
      <AfterFirstViews snapshot={snapshot}>
        <Workspace snapshot={snapshot} isLost={isLost} />
      </AfterFirstViews>
    </ErrorBoundary>
  )
}
