import { availableParallelism } from 'node:os'
import { defineConfig } from 'playwright/test'
import type { ShellOption } from './test/e2e/fixtures.ts'
import { chromiumPath } from './test/system-parts.mjs'

const executablePath = chromiumPath()

// Root cannot use Chromium's sandbox; the other switches keep a test browser from calling its maker.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What holds for the program under both shells; the other specifications are of the page alone, or of one shell. */
const onBothShells = ['bad-input', 'device-code', 'inbox', 'keyboard', 'main-job', 'sign-in'].map(
  (name) => `${name}.e2e.ts`,
)
/**
 * What takes long on the desktop shell is run there with `DESKTOP_SPECS=all` only: a minute that depends on the engine alone,
 * and what its specifications mark as the long form of a shorter one.
 */
const onDemand = process.env['DESKTOP_SPECS'] === 'all' ? {} : { grepInvert: /revoked on the forum|@on-demand/ }

export default defineConfig<ShellOption>({
  testDir: 'test/e2e',
  testMatch: '*.e2e.ts',
  projects: [
    { name: 'headless', testIgnore: 'electron*.e2e.ts', use: { shell: 'headless' } },
    { name: 'desktop', testMatch: ['electron*.e2e.ts', ...onBothShells], ...onDemand, use: { shell: 'desktop' } },
  ],
  // A folder of its own: Playwright empties it, and the other runner's report is beside it.
  outputDir: 'test-results/e2e',
  // Tests wait for conditions; these only end a wait in vain, and leave room for a machine that is busy with other things.
  timeout: 240_000,
  expect: {
    timeout: 60_000,
    toHaveScreenshot: {
      pathTemplate: 'test/e2e/pictures/{arg}{ext}',
      // The same machine draws the same pixels; this is for the rounding of another processor.
      maxDiffPixels: 20,
      // Where there is more than has room, lines fade as they are scrolled; nothing else moves, for motion is reduced.
      animations: 'allow',
      scale: 'css',
    },
  },
  // Most of a test is waiting: for programs to start, polls to end, limits to pass. Two cores are busy with four of them.
  workers: Math.max(4, availableParallelism()),
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { args: [...asRoot, ...quiet], ...(executablePath === undefined ? {} : { executablePath }) },
    locale: 'en-US',
    // Narrow enough for one view at a time; two-panes.e2e.ts has both.
    viewport: { width: 700, height: 720 },
  },
})
