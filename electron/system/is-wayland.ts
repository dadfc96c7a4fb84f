/** Whether this is a Wayland session, even when Electron itself runs on Xwayland. */
export const isWayland = (environment: NodeJS.ProcessEnv): boolean =>
  environment['XDG_SESSION_TYPE'] === 'wayland' || Boolean(environment['WAYLAND_DISPLAY'])
