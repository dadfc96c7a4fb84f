import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { performance } from 'node:perf_hooks'
import { _electron } from 'playwright'
import { electronRuntime } from '../../build/package/electron-runtime.mjs'

/** Prints how long the real shell takes to its tray and what memory it takes, or why that cannot be told here. */
export const electronStart = async (dist: string): Promise<void> => {
  const executablePath = electronRuntime()
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
  if (executablePath === undefined || !hasDisplay) {
    const missing = executablePath === undefined ? 'its runtime is' : 'a display for it is'
    console.log(
      `electron    not measured: ${missing} not on this machine (goals: spawn to tray 500 ms, RSS 120 MB, 250 MB with window)`,
    )
    return
  }
  const profile = mkdtempSync(path.join(tmpdir(), 'startup-electron-'))
  const start = performance.now()
  const app = await _electron.launch({
    executablePath,
    args: [path.join(dist, 'electron', 'start.js'), '--hidden', '--no-keychain', '--profile', profile],
  })
  // The shell makes its tray as soon as Electron is ready and the profile is claimed.
  await app.evaluate(({ app: electron }) => electron.whenReady())
  console.log(
    `electron    spawn to ready, Playwright attached      ${(performance.now() - start).toFixed(0)} ms   goal: 500 ms`,
  )
  const memory = (): Promise<number> =>
    app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().reduce((sum, { memory: { workingSetSize } }) => sum + workingSetSize, 0),
    )
  console.log(
    `electron    RSS without window                       ${((await memory()) / 1000).toFixed(0)} MB   goal: 120 MB`,
  )
  const window = app.waitForEvent('window')
  await app.evaluate(({ app: electron }) => electron.emit('activate'))
  await (await window).waitForLoadState()
  console.log(
    `electron    RSS with window                          ${((await memory()) / 1000).toFixed(0)} MB   goal: 250 MB`,
  )
  await app.close()
  rmSync(profile, { recursive: true, force: true })
}
