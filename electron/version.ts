import { version } from '../package.json' with { type: 'json' }

/** This program's version. Not `app.getVersion()`, which gives Electron's own when a bare script is run. */
export const appVersion: string = version

/** Who we are on the wire: honest and our own (protocol.md 4.2). */
export const userAgent = `DiscourseNotifier/${version} (desktop; Electron ${process.versions['electron'] ?? 'unknown'})`
