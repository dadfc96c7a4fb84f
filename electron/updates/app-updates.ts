import type { App } from 'electron'
import type { Policy } from '../../engine/policy/policy.ts'
import { executablePath } from '../system/executable-path.ts'
import { installationOf, releasesPage } from './installation.ts'
import { openUpdater } from './open-updater.ts'
import { createUpdates, type Updates, type UpdatesOptions } from './updates.ts'

export interface AppUpdatesOptions extends Pick<UpdatesOptions, 'clock'> {
  readonly app: Pick<App, 'isPackaged'>
  readonly platform: NodeJS.Platform
  readonly policy: Pick<Policy, 'mayUpdate' | 'proxy'>
  readonly environment: NodeJS.ProcessEnv
  readonly execPath: string
}

/** Updates of this program, depending on how it was installed. */
export const createAppUpdates = (options: AppUpdatesOptions): Updates => {
  const { app, platform, policy, environment, execPath, ...rest } = options
  const releases = app.isPackaged ? releasesPage(process.resourcesPath) : undefined
  // Not by `APPIMAGE` alone, which may be about another program: that program would be replaced.
  const isAppImage = executablePath(environment, execPath) !== execPath
  return createUpdates({
    ...rest,
    installation: installationOf({
      platform,
      isPackaged: app.isPackaged,
      isFromStore: process.windowsStore === true,
      releases,
      isAppImage,
    }),
    isAllowed: policy.mayUpdate,
    page: releases ?? '',
    openUpdater: () =>
      openUpdater({
        load: () => import('electron-updater'),
        platform,
        isAppImage,
        forcedProxy: policy.proxy,
      }),
  })
}
