/** Whether this is a Wayland session, also where Electron itself goes through Xwayland. */
export const isWayland = (environment: NodeJS.ProcessEnv): boolean =>
  environment['XDG_SESSION_TYPE'] === 'wayland' || Boolean(environment['WAYLAND_DISPLAY'])
