import type { Plugin, Rolldown } from 'vite'
import { wideWindow } from '../../renderer/host/wide-window.ts'

/** The chunk of what only a wide window begins with; see `codeSplitting` in vite.config.ts. */
export const wideView = 'wide-view'

type Output = Rolldown.OutputBundle[string]

/**
 * Links that have a wide window fetch its own chunk and style sheet while it fetches the first view; otherwise it would ask
 * for them only once that has been evaluated. A narrow one ignores them (HTML standard, `media` of `link`).
 * @param outputs everything that was built
 * @throws when there is no such chunk
 */
export const wideViewLinks = (outputs: readonly Output[]): string => {
  const chunk = outputs.find((output) => output.type === 'chunk' && output.name === wideView)
  if (chunk?.type !== 'chunk') throw new Error(`there is no chunk ${wideView}`)
  const media = `media="${wideWindow}"`
  const scripts = [chunk.fileName, ...chunk.imports].map(
    (name) => `<link rel="modulepreload" ${media} href="/${name}">`,
  )
  const sheets = [...(chunk.viteMetadata?.importedCss ?? [])].map(
    (name) => `<link rel="preload" as="style" crossorigin ${media} href="/${name}">`,
  )
  return [...scripts, ...sheets].map((link) => `    ${link}\n`).join('')
}

/** Adds `wideViewLinks` to the page. */
export const preloadWideView = (): Plugin => ({
  name: 'preload-wide-view',
  apply: 'build',
  applyToEnvironment: (environment) => environment.name === 'client',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') return this.error('there is no index.html')
      page.source = String(page.source).replace('  </head>', `${wideViewLinks(Object.values(bundle))}  </head>`)
      return undefined
    },
  },
})
