import { productName, version } from '../package.json' with { type: 'json' }

/** This program's version. Not `app.getVersion()`, which gives Electron's own when a bare script is run. */
export const appVersion: string = version

/** This program's name, the same in all languages (`app.name`). */
export const appName: string = productName

/** How we identify ourselves to forums: honestly, with a name of our own (protocol.md 4.2). */
export const userAgent = `DiscourseNotifier/${version} (desktop; Electron ${process.versions['electron'] ?? 'unknown'})`
