import * as v from 'valibot'
import type { DesktopNotification } from '../../engine/ports/notification-port.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

/** What a click on a notification opens. */
export type AlertTarget = NonNullable<DesktopNotification['target']>

/** Remembers what notifications open, so that one can still be clicked after a restart. */
export interface AlertTargets {
  remember(tag: string, target: AlertTarget): void
  /** undefined for an unknown notification. */
  of(tag: string): AlertTarget | undefined
  /** What the notification opens whose tag occurs in a text. */
  findIn(text: string): AlertTarget | undefined
}

const fileName = 'alert-targets'

/** How many are kept: nobody wants older ones in a notification centre. */
const most = 100

const targetSchema = v.tuple([
  v.pipe(v.string(), v.maxLength(200)),
  v.object({ account: v.pipe(v.string(), v.maxLength(100)), url: v.pipe(v.string(), v.maxLength(4000)) }),
])

/** An unreadable file counts as empty: a click then opens the app, as for an unknown notification. */
const fileSchema = v.fallback(v.pipe(v.array(targetSchema), v.maxLength(most)), [])

export const openAlertTargets = (files: Pick<StateFiles, 'read' | 'write'>): AlertTargets => {
  /** Newest last. */
  let targets: ReadonlyMap<string, AlertTarget> = new Map(v.parse(fileSchema, files.read(fileName)))
  return {
    remember: (tag, target) => {
      const others = [...targets].filter(([other]) => other !== tag)
      const kept = [...others, [tag, target] as const].slice(-most)
      targets = new Map(kept)
      files.write(fileName, kept, { isDurable: false })
    },
    of: (tag) => targets.get(tag),
    // The longest match, since one tag may be a prefix of another.
    findIn: (text) => {
      const tags = [...targets.keys()].filter((tag) => text.includes(tag))
      const [longest = ''] = tags.toSorted((a, b) => b.length - a.length)
      return targets.get(longest)
    },
  }
}
