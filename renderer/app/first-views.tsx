import { type ReactNode, useEffect, useState } from 'react'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { wideWindow } from '../host/wide-window.ts'
import { FirstLoad } from './first-load.tsx'
import type { Preloadable } from './lazy-component.tsx'
import {
  Access,
  AccountList,
  AccountSettings,
  AttemptRow,
  Diagnostics,
  Inbox,
  ReadingPane,
  Settings,
  Welcome,
} from './lazy-views.ts'
import { roomToRead } from './use-is-wide.ts'
import { useTitle } from './use-title.ts'
import { type View, viewAt } from './view.ts'

/**
 * The lazy views that the page begins with, by the width of its window and its address.
 * @param snapshot null while it is on its way
 */
export const firstViews = (snapshot: Snapshot | null): readonly Preloadable[] => {
  const { kind } = viewAt(window.location.hash)
  const isEmpty = snapshot !== null && snapshot.accounts.length === 0
  const isOverview = kind === 'overview' || (kind === 'inbox' && isEmpty)
  if (isEmpty && snapshot.attempts.length === 0 && isOverview) return [Welcome]
  const isWide = window.matchMedia(wideWindow).matches
  return [
    ...(isWide ? [AccountList] : []),
    ...viewsOf(isWide && isOverview ? 'inbox' : kind),
    ...(snapshot !== null && snapshot.attempts.length > 0 ? [AttemptRow] : []),
  ]
}

const viewsOf = (kind: View['kind']): readonly Preloadable[] => {
  switch (kind) {
    case 'overview':
      return []
    case 'inbox':
      return roomToRead.matches() ? [Inbox, ReadingPane] : [Inbox]
    case 'access':
      return [Access]
    case 'settings':
      return [Settings]
    case 'account':
      return [AccountSettings]
    case 'diagnostics':
      return [Diagnostics]
  }
}

/** Loads views together. Never rejects: one that cannot be loaded says so when it is rendered. */
export const preload = (views: readonly Preloadable[]): Promise<unknown> =>
  Promise.allSettled(views.map((view) => view.preload()))

interface AfterFirstViewsProps {
  readonly snapshot: Snapshot
  readonly children: ReactNode
}

/**
 * Its children once the views that the page begins with are loaded, and the skeleton until then. A fallback of a `Suspense` would
 * stay for 300 ms, however soon the view is there: React takes that long before it replaces one that has been on the screen.
 */
export const AfterFirstViews = ({ snapshot, children }: AfterFirstViewsProps) => {
  const [missing, setMissing] = useState(() => firstViews(snapshot).filter((view) => !view.isLoaded()))
  useEffect(() => {
    if (missing.length > 0) void preload(missing).then(() => setMissing([]))
  }, [missing])
  return missing.length > 0 ? <Loading snapshot={snapshot} /> : children
}

const Loading = ({ snapshot }: Pick<AfterFirstViewsProps, 'snapshot'>) => {
  useTitle(snapshot, viewAt(window.location.hash))
  return <FirstLoad />
}
