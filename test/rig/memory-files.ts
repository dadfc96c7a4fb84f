import { ok } from '../../common/contract/failure.ts'
import type { StateFiles } from '../../engine/storage/state-files.ts'

/** State files in memory, for days that pass too quickly for a disk. */
export const createMemoryFiles = (): StateFiles => {
  const files = new Map<string, string>()
  return {
    read: (name) => {
      const text = files.get(name)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: (name, value) => void files.set(name, JSON.stringify(value)),
    remove: (name) => void files.delete(name),
    settled: async () => undefined,
    flush: async () => ok(null),
  }
}
