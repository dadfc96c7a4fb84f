import { version } from '../package.json' with { type: 'json' }

/** This program's version. */
export const appVersion: string = version

/** Who we are on the wire: honest and our own (protocol.md 4.2). */
export const userAgent = `DiscourseNotifier/${version} (headless; Node.js ${process.versions.node})`
