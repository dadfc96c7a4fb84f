import type { App } from 'electron'
import type { Policy } from '../engine/policy/policy.ts'
import { installationOf, releasesPage } from './installation.ts'
import { openUpdater } from './open-updater.ts'
import { createUpdates, type Updates, type UpdatesOptions } from './updates.ts'

/** What the updates of the running program are made with, besides what it finds out about itself. */
export interface OwnUpdatesOptions extends Pick<UpdatesOptions, 'choice' | 'clock' | 'notice'> {
  readonly app: Pick<App, 'isPackaged'>
  readonly platform: NodeJS.Platform
  readonly policy: Pick<Policy, 'mayUpdate' | 'proxy'>
}

/** Updates of this program, by the way that it came here. */
export const createOwnUpdates = ({ app, platform, policy, ...rest }: OwnUpdatesOptions): Updates => {
  const releases = app.isPackaged ? releasesPage(process.resourcesPath) : undefined
  const appImage = process.env['APPIMAGE']
  return createUpdates({
    ...rest,
    installation: installationOf({
      platform,
      isPackaged: app.isPackaged,
      isFromStore: process.windowsStore === true,
      releases,
      appImage,
    }),
    isAllowed: policy.mayUpdate,
    page: releases ?? '',
    openUpdater: () =>
      openUpdater({
        load: () => import('electron-updater'),
        platform,
        isAppImage: appImage !== undefined,
        forcedProxy: policy.proxy,
      }),
  })
}
