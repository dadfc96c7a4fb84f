/** The part of Electron's `Session` that handles permissions. */
export interface PermissionAsking {
  setPermissionRequestHandler(
    handler: (webContents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/**
 * The page needs no camera, no clipboard reading, no notifications of its own: every permission is denied, both when it
 * requests one and when it checks for one (Electron's security checklist, point 5).
 */
export const denyPermissions = (session: PermissionAsking): void => {
  session.setPermissionRequestHandler((_webContents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
