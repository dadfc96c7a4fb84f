import * as v from 'valibot'
import type { DesktopNotification } from '../../engine/ports/notification-port.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

/** What a click on a notification opens. */
export type AlertTarget = NonNullable<DesktopNotification['target']>

/** Remembers what notifications open, so that one can be clicked after the run that showed it. */
export interface AlertTargets {
  remember(tag: string, target: AlertTarget): void
  /** undefined for a notification that nothing is known of. */
  of(tag: string): AlertTarget | undefined
  /** What the one opens whose tag stands in a text. */
  findIn(text: string): AlertTarget | undefined
}

const fileName = 'alert-targets'

/** As many as may be in a notification centre and still be wanted. */
const most = 100

const targetSchema = v.tuple([
  v.pipe(v.string(), v.maxLength(200)),
  v.object({ account: v.pipe(v.string(), v.maxLength(100)), url: v.pipe(v.string(), v.maxLength(4000)) }),
])

/** A file that cannot be read is none: the program is shown then, as for a notification that nothing is known of. */
const fileSchema = v.fallback(v.pipe(v.array(targetSchema), v.maxLength(most)), [])

export const openAlertTargets = (files: Pick<StateFiles, 'read' | 'write'>): AlertTargets => {
  /** The newest last. */
  let targets: ReadonlyMap<string, AlertTarget> = new Map(v.parse(fileSchema, files.read(fileName)))
  return {
    remember: (tag, target) => {
      const others = [...targets].filter(([other]) => other !== tag)
      const kept = [...others, [tag, target] as const].slice(-most)
      targets = new Map(kept)
      files.write(fileName, kept, { isDurable: false })
    },
    of: (tag) => targets.get(tag),
    // The longest, since one tag may be the beginning of another.
    findIn: (text) => {
      const tags = [...targets.keys()].filter((tag) => text.includes(tag))
      const [longest = ''] = tags.toSorted((a, b) => b.length - a.length)
      return targets.get(longest)
    },
  }
}
