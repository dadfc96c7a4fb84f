import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { classicScript } from './classic-first-view.ts'

/** Maximum size of the script of the first view, in bytes after gzip. */
const firstViewBudget = 120_000

/** The properties of a built chunk that are measured. */
interface Chunk {
  readonly fileName: string
  readonly code: string
  readonly isEntry: boolean
  readonly isDynamicEntry: boolean
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
}

/**
 * The parts of the script that has to load before the first view is shown: the entries and everything they import
 * statically, each compressed on its own. If there are several, their sum is more than the script, which is compressed
 * as a whole.
 * @returns bytes after gzip, by file name
 */
export const firstViewSizes = (chunks: readonly Chunk[]): ReadonlyMap<string, number> => {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const sizes = new Map<string, number>()
  const add = (name: string): void => {
    const chunk = byName.get(name)
    if (chunk === undefined || sizes.has(name)) return
    sizes.set(name, sizeOf(chunk))
    chunk.imports.forEach(add)
  }
  for (const { fileName, isEntry } of chunks) if (isEntry) add(fileName)
  return sizes
}

/**
 * The size of the largest language chunk, in bytes after gzip. Pages in that language load it in addition; English is
 * in every first view.
 */
const largestLanguage = (chunks: readonly Chunk[]): number => Math.max(0, ...chunks.filter(isLanguage).map(sizeOf))

const sizeOf = ({ code }: Chunk): number => gzipSync(code, { level: 9 }).length

const isLanguage = ({ isDynamicEntry, facadeModuleId }: Chunk): boolean =>
  isDynamicEntry && /[\\/]locales[\\/][^\\/]+\.json$/.test(facadeModuleId ?? '')

/** Fails the build of the page when its first view is too large, and prints the size in any case. */
export const limitFirstView = (budget: number = firstViewBudget): Plugin => ({
  name: 'limit-first-view',
  apply: 'build',
  applyToEnvironment: (environment) => environment.name === 'client',
  // Runs after the other plugins, when the code is final.
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const total = gzipSync(classicScript(chunks).script, { level: 9 }).length
      const figure = `${kilobytes(total)} of ${kilobytes(budget)} for the script of the first view, gzip`
      if (total <= budget)
        return console.log(`${figure}; another language adds at most ${kilobytes(largestLanguage(chunks))}`)
      const parts = [...firstViewSizes(chunks)]
        .toSorted((a, b) => b[1] - a[1])
        .map(([name, size]) => `${name} ${kilobytes(size)}`)
      return this.error(`${figure}: ${parts.join(', ')}. Load what is not seen at first with import().`)
    },
  },
})

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
