import { fileURLToPath } from 'node:url'
import type { CommandName } from '../../common/contract/commands.ts'
import { ok, type Result } from '../../common/contract/failure.ts'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { type PageFile, readPageFiles } from '../../engine/page/page-files.ts'
import { systemClock } from '../../engine/ports/clock.ts'
import { startPageServer } from '../../headless/page/page-server.ts'
import { createPageSessions } from '../../headless/page/page-sessions.ts'

/** The product's own page and page server, with a snapshot that somebody wrote in the place of an engine. */
export interface SnapshotServer {
  /** The page's address with its token. */
  readonly url: string
  /** The next snapshot; what is the same object as before is not told anew. */
  readonly push: (snapshot: Snapshot) => void
  readonly present: () => Snapshot
  readonly close: () => Promise<void>
}

/** What commands give back; without an entry, success with nothing. */
export type Answers = Partial<Record<CommandName, (input: unknown) => Result<unknown>>>

/** Where `npm run build` puts the page, as seen from test/rig and from dist/dev. */
const builtPage = fileURLToPath(
  new URL(
    /[\\/]dist[\\/]dev[\\/]/.test(fileURLToPath(import.meta.url)) ? '../renderer/' : '../../dist/renderer/',
    import.meta.url,
  ),
)

/**
 * Serves the built page with a snapshot.
 * @param answers called when the page sends a command; one may push another snapshot
 * @param folder the built page
 * @param areAlertsWanted whether pages are to offer alerts
 * @param image the picture at a link
 */
export const serveSnapshot = async (
  first: Snapshot,
  answers: Answers = {},
  folder: string = builtPage,
  areAlertsWanted: () => Promise<boolean> = async () => false,
  image: (link: string) => PageFile = drawing,
): Promise<SnapshotServer> => {
  let present = first
  const listeners = new Set<(snapshot: Snapshot) => void>()
  const server = await startPageServer({
    engine: {
      snapshot: () => present,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      // The page reads every answer as what comes from outside.
      execute: async (name, input) => (answers[name as CommandName]?.(input) ?? ok(null)) as Result<null>,
      authorizeUrl: () => undefined,
      signedInUrl: async () => undefined,
      image: async (link) => image(link),
    },
    files: readPageFiles(folder),
    port: 0,
    clock: systemClock,
    t: createTranslate(),
    sessions: createPageSessions({ read: () => undefined, write: () => undefined }, systemClock),
    alerts: { areWanted: areAlertsWanted, join: () => () => undefined },
  })
  if (!server.ok) throw new Error(server.failure.code)
  return {
    url: server.value.url,
    present: () => present,
    push: (snapshot) => {
      present = { ...snapshot, revision: present.revision + 1 }
      for (const listener of listeners) listener(present)
    },
    close: server.value.close,
  }
}

/** A picture for any link: a ground of its own and a ring. */
const drawing = (link: string): PageFile => {
  const hue = [...link].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="hsl(${hue} 60% 45%)"/><circle cx="16" cy="16" r="8" fill="none" stroke="#fff" stroke-width="4"/></svg>`
  return { type: 'image/svg+xml', body: new TextEncoder().encode(svg) }
}
