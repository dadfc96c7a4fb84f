/** Electron's `Session`, as far as it is asked for permission. */
export interface PermissionAsking {
  setPermissionRequestHandler(
    handler: (webContents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

/**
 * The page needs no camera, no clipboard reading, no notifications of its own: whatever it asks for is denied, both when
 * it asks and when it looks whether it may (Electron's security checklist, point 5).
 */
export const denyPermissions = (session: PermissionAsking): void => {
  session.setPermissionRequestHandler((_webContents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
