import { chmodSync } from 'node:fs'
import * as path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite'
import { classicFirstView } from './build/bundle/classic-first-view.ts'
import { limitFirstView } from './build/bundle/first-view-budget.ts'
import { firstViewTexts } from './build/bundle/first-view-texts.ts'
import { leanLibraries } from './build/bundle/lean-libraries.ts'
import { lightIcons } from './build/bundle/light-icons.ts'
import { preloadWideView, wideView } from './build/bundle/preload-wide-view.ts'
import { renderIcons } from './build/icons/render-icons.ts'
import { pageHeaders } from './engine/page/page-headers.ts'

// One command builds everything into dist/: the page, the headless shell, the Electron shell, and the programs for
// developers. `vite build --app` builds all environments; scripts name one where that is enough.

const here = import.meta.dirname
const at = (...parts: string[]): string => path.join(here, ...parts)

/** A build warns of what is wrong, and not of how long its plugins took on a slow machine. */
const checks = { bundlerTimings: false }

/** A bundle that runs in Node: everything inside but Node's own modules, electron, and keytar with its binaries. */
const nodeBundle = (
  folder: string,
  input: Readonly<Record<string, string>>,
  format: 'es' | 'cjs' = 'es',
): EnvironmentOptions => ({
  consumer: 'server',
  resolve: {
    noExternal: true,
    external: ['electron', 'keytar', 'playwright'],
    conditions: ['node', 'import', 'default'],
  },
  build: {
    outDir: at('dist', folder),
    // The preload script is built into the folder that the main process was built into before it.
    emptyOutDir: format === 'es',
    target: 'node20.19',
    ssr: true,
    minify: true,
    sourcemap: true,
    license: format === 'es' && { fileName: 'licenses.json' },
    rolldownOptions: {
      checks,
      input: { ...input },
      output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js', chunkFileNames: chunkName },
    },
  },
})

/** A chunk that is loaded lazily is named after the package that it is for, where it is for one. */
const chunkName = ({ facadeModuleId }: { readonly facadeModuleId?: string | null }): string => {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(facadeModuleId ?? '')?.[1]
  return name === undefined ? '[name].js' : `${name.replace(/[@/]+/g, '-')}.js`
}

/** The policy in the page itself, for the case that its header gets lost; what only a header can say is left out. */
const policyInPage = (): Plugin => ({
  name: 'policy-in-page',
  apply: 'build',
  transformIndexHtml: () => {
    const policy = pageHeaders('self')['content-security-policy'] ?? ''
    const content = policy.replace(/; frame-ancestors [^;]+/, '')
    return [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' }]
  },
})

/** Electron's tray and windows load their icons from files. */
const icons = (): Plugin => ({
  name: 'icons',
  applyToEnvironment: (environment) => environment.name === 'electron',
  writeBundle: () => void renderIcons(at('dist', 'icons')),
})

/** The command line must be executable, for `npx` runs the file itself. */
const executable = (): Plugin => ({
  name: 'executable-command-line',
  applyToEnvironment: (environment) => environment.name === 'headless',
  writeBundle: () => chmodSync(at('dist', 'headless', 'cli.js'), 0o755),
})

/** The modules of the inbox and of the list of forums, and those they share with other lazy views. */
const inWideView =
  /[\\/](@tanstack|renderer[\\/](inbox|overview))[\\/](?!attempt-row)|[\\/](account-menu|failure-note|notification-menu|optimistic-preferences|select|use-task)\./

export default defineConfig({
  root: at('renderer'),
  plugins: [
    react(),
    leanLibraries(),
    lightIcons(here),
    firstViewTexts(here),
    policyInPage(),
    limitFirstView(),
    classicFirstView(),
    preloadWideView(),
    icons(),
    executable(),
  ],
  environments: {
    client: {
      build: {
        outDir: at('dist', 'renderer'),
        emptyOutDir: true,
        target: 'es2023',
        assetsInlineLimit: 0,
        license: { fileName: 'licenses.json' },
        rolldownOptions: {
          checks,
          output: {
            // A chunk may be named after a style sheet, as `row.module`; a file of the page has one dot in its name.
            chunkFileNames: ({ name }) => `assets/${name.replace(/\..*/, '')}-[hash].js`,
            // Everything that the first view loads is one chunk with one style sheet. Split by which lazy views share
            // it, it was 19 chunks, whose imports and exports of each other took 2.7 kB after gzip. What a wide window
            // begins with besides is another one: it was nine chunks with six style sheets.
            codeSplitting: {
              groups: [
                { name: 'first-view', tags: ['$initial'], priority: 1 },
                { name: wideView, test: inWideView },
              ],
            },
          },
        },
      },
    },
    headless: nodeBundle('headless', { cli: at('headless', 'cli.ts') }),
    electron: nodeBundle('electron', {
      start: at('electron', 'start.ts'),
      'keychain-child': at('electron', 'keychain', 'keychain-child.ts'),
    }),
    // A sandboxed preload script has to be CommonJS in one file (electronjs.org/docs/tutorial/sandbox).
    preload: nodeBundle('electron', { preload: at('electron', 'window', 'preload.ts') }, 'cjs'),
    dev: nodeBundle('dev', {
      forum: at('test', 'forum', 'command.ts'),
      conformance: at('test', 'conformance', 'command.ts'),
      demo: at('test', 'demo', 'demo.ts'),
      'bench-freshness': at('test', 'bench', 'freshness.ts'),
      'bench-week': at('test', 'bench', 'week.ts'),
      'bench-scale': at('test', 'bench', 'scale.ts'),
      'bench-scale-forums': at('test', 'bench', 'scale-forums.ts'),
      'bench-scale-engine': at('test', 'bench', 'scale-engine.ts'),
      'bench-scale-streams': at('test', 'bench', 'scale-streams.ts'),
      'bench-startup': at('test', 'bench', 'startup.ts'),
      'bench-ui': at('test', 'bench', 'ui.ts'),
    }),
  },
  builder: {
    buildApp: async (builder) => {
      const only = process.env['BUILD_ONLY']?.split(',')
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'ssr' || (only !== undefined && !only.includes(environment.name))) continue
        await builder.build(environment)
      }
    },
  },
})
