import { type Plugin, parseSync, type Rolldown, Visitor } from 'vite'

type Chunk = Pick<Rolldown.OutputChunk, 'fileName' | 'code' | 'imports' | 'isEntry'>

/** A range of a source text and its replacement. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The exports of the first view's modules, by file name. */
const registry = 'globalThis.firstView'

/**
 * Builds one classic script from the modules that the first view loads. Chromium caches the compiled code of both
 * kinds, but a new tab uses the cache for classic scripts only: modules are parsed and compiled again there (seen in
 * traces of Chromium 156: `v8.compileModule` is streamed, `v8.compile` consumes the cache).
 * Exports are read once, after their module has been evaluated, so they must not be assigned to later. The exports of
 * this project and of its libraries are constants and functions.
 * @param chunks all chunks of the page; those that entries import statically become part of the script
 * @returns the script, and for each module in it the code that replaces the module: it exports to lazy modules what
 *   they import
 * @throws when modules import each other in a cycle, or use what a classic script cannot
 */
export const classicScript = (
  chunks: readonly Chunk[],
): { readonly script: string; readonly modules: ReadonlyMap<string, string> } => {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const parts = new Map<string, string>()
  const modules = new Map<string, string>()
  const open = new Set<string>()
  const add = (name: string): void => {
    const chunk = byName.get(name)
    if (chunk === undefined || parts.has(name)) return
    if (open.has(name)) throw new Error(`${name} is imported by what it imports`)
    open.add(name)
    chunk.imports.forEach(add)
    const { body, exported } = readModule(chunk)
    const getters = [...exported].map(([outside, inside]) => `get ${outside}(){return ${inside}}`)
    const key = keyOf(name)
    parts.set(name, `${registry}[${key}]=(()=>{${body}\nreturn{${getters.join(',')}}})();`)
    const names = [...exported.keys()]
    const constants = names.map((outside, index) => `v${index}=m.${outside}`)
    const given = names.map((outside, index) => `v${index} as ${outside}`)
    modules.set(name, `const ${[`m=${registry}[${key}]`, ...constants].join(',')};export{${given.join(',')}};\n`)
  }
  for (const { fileName, isEntry } of chunks) if (isEntry) add(fileName)
  // Vite's loader for lazy modules reads `import.meta.url`. `document.currentScript` is set only while the script
  // itself runs.
  const beginning = `"use strict";${registry}={meta:{url:document.currentScript.src}};`
  const script = `${[beginning, ...parts.values()].join('\n')}\n`
  const { errors } = parseSync('first-view.js', script, { sourceType: 'script' })
  if (errors[0] !== undefined) throw new Error(`the first view is no classic script: ${errors[0].message}`)
  return { script, modules }
}

/** A module's code without import and export statements: it reads its imports from the registry. */
const readModule = ({ fileName, code }: Chunk) => {
  const { program } = parseSync(fileName, code, { sourceType: 'module' })
  const edits: Edit[] = []
  const exported = new Map<string, string>()
  const replace = ({ start, end }: { readonly start: number; readonly end: number }, text: string): void => {
    edits.push({ start, end, text })
  }
  new Visitor({
    ImportDeclaration(node) {
      const names = node.specifiers.map((specifier) => {
        if (specifier.type !== 'ImportSpecifier') throw new Error(`${fileName} imports a whole module`)
        return `${nameOf(specifier.imported)}:${specifier.local.name}`
      })
      replace(node, names.length === 0 ? '' : `const{${names.join(',')}}=${registry}[${keyOf(node.source.value)}];`)
    },
    ExportNamedDeclaration(node) {
      if (node.declaration !== null || node.source !== null) throw new Error(`${fileName} exports a declaration`)
      for (const { exported: outside, local } of node.specifiers) exported.set(nameOf(outside), nameOf(local))
      replace(node, '')
    },
    MetaProperty(node) {
      if (node.meta.name === 'import') replace(node, `${registry}.meta`)
    },
  }).visit(program)
  const body = edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: other }) => text.slice(0, start) + other + text.slice(end), code)
  return { body, exported }
}

const nameOf = (node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string =>
  node.name ?? String(node.value)

/** The registry key of a module: its file name, the same for its path in the bundle and for a relative import of it. */
const keyOf = (path: string): string => JSON.stringify(path.replace(/.*\//, ''))

/** Loads the first view as one classic script (`classicScript`). */
export const classicFirstView = (): Plugin => ({
  name: 'classic-first-view',
  apply: 'build',
  applyToEnvironment: (environment) => environment.name === 'client',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') return this.error('there is no index.html')
      const { script, modules } = classicScript(Object.values(bundle).filter((output) => output.type === 'chunk'))
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') output.code = modules.get(output.fileName) ?? output.code
      }
      const fileName = this.getFileName(this.emitFile({ type: 'asset', name: 'first-view.js', source: script }))
      page.source = String(page.source)
        .replaceAll(/\s*<link rel="modulepreload"[^>]*>/g, '')
        .replace(/<script type="module"[^>]*>/, `<script defer src="/${fileName}">`)
      return undefined
    },
  },
})
