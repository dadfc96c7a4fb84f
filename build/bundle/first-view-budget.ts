import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What the scripts of the first view may weigh, in bytes after gzip. */
const firstViewBudget = 120_000

/** What counts of a built chunk. */
interface Chunk {
  readonly fileName: string
  readonly code: string
  readonly isEntry: boolean
  readonly isDynamicEntry: boolean
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
}

/**
 * The scripts that every first view loads before it can be seen: entries and all that they import statically. Each is
 * compressed by itself, as a server would.
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

/** What the largest of the languages adds where it is spoken, in bytes after gzip; English is in every first view. */
const largestLanguage = (chunks: readonly Chunk[]): number => Math.max(0, ...chunks.filter(isLanguage).map(sizeOf))

const sizeOf = ({ code }: Chunk): number => gzipSync(code, { level: 9 }).length

const isLanguage = ({ isDynamicEntry, facadeModuleId }: Chunk): boolean =>
  isDynamicEntry && /[\\/]locales[\\/][^\\/]+\.json$/.test(facadeModuleId ?? '')

/** Ends the build of the page when its first view has become too heavy, and says the figure in any case. */
export const limitFirstView = (budget: number = firstViewBudget): Plugin => ({
  name: 'limit-first-view',
  apply: 'build',
  applyToEnvironment: (environment) => environment.name === 'client',
  // After the others, when the code is what will be served.
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const sizes = firstViewSizes(chunks)
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
      const figure = `${kilobytes(total)} of ${kilobytes(budget)} for the scripts of the first view, gzip`
      if (total <= budget)
        return console.log(`${figure}; another language adds at most ${kilobytes(largestLanguage(chunks))}`)
      const parts = [...sizes].toSorted((a, b) => b[1] - a[1]).map(([name, size]) => `${name} ${kilobytes(size)}`)
      return this.error(`${figure}: ${parts.join(', ')}. Load what is not seen at first with import().`)
    },
  },
})

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
