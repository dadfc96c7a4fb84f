/**
 * Whether this is a GNOME session (freedesktop.org, Desktop Entry Specification 1.5, `OnlyShowIn`). On Ubuntu, Electron puts
 * “Unity” in the place of `XDG_CURRENT_DESKTOP` and keeps what was there in a variable of its own (lib/browser/init.ts).
 */
export const isGnome = (environment: NodeJS.ProcessEnv): boolean =>
  (environment['ORIGINAL_XDG_CURRENT_DESKTOP'] || environment['XDG_CURRENT_DESKTOP'] || '').split(':').includes('GNOME')
