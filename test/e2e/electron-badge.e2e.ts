import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect } from 'playwright/test'
import { openSessionBus } from '../../engine/linux/open-bus.ts'
import { whenEnded } from '../rig/when-ended.ts'
import { connect } from './connect.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'

// The number on the program's icon in a dock, by the signal with which docks are told (LauncherEntry).

needs('desktop')
needs('dock')

let desktop: Desktop | undefined
test.afterEach(async () => {
  await desktop?.stop()
  desktop = undefined
})

/** Plays a dock on a session bus: what programs tell of their counts. */
const startDock = async (env: NodeJS.ProcessEnv) => {
  const dock = openSessionBus(env)
  if (dock === undefined) throw new Error('no bus')
  // Libunity looks for it; KDE Plasma's task manager has this name as well.
  await dock.requestName('com.canonical.Unity', 0)
  const rule = "type='signal',interface='com.canonical.Unity.LauncherEntry',member='Update'"
  const monitor = spawn('dbus-monitor', ['--session', rule], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines: string[] = []
  createInterface({ input: monitor.stdout }).on('line', (line) => lines.push(line))
  await once(monitor.stdout, 'data')
  return {
    /** What it shows beside the program's icon; a signal holds only what has changed. */
    shown: (): number => {
      let count = 0
      let isVisible = false
      for (const update of lines.join('\n').split('member=Update').slice(1)) {
        count = Number(/"count"\s+variant\s+int64 (\d+)/.exec(update)?.[1] ?? count)
        isVisible = (/"count-visible"\s+variant\s+boolean (\w+)/.exec(update)?.[1] ?? String(isVisible)) === 'true'
      }
      return isVisible ? count : 0
    },
    stop: async () => {
      dock.connection.end()
      monitor.kill()
      await whenEnded(monitor)
    },
  }
}

type Dock = Awaited<ReturnType<typeof startDock>>

test('a dock is told how much is new, and that there is nothing when the program ends', async ({
  forumOf,
  notifierOf,
}) => {
  const forum = await forumOf()
  let dock: Dock | undefined
  const notifier = await notifierOf({
    args: ['--no-keychain', '--hidden'],
    envOf: async (home) => {
      desktop = await startDesktop(home)
      dock = await startDock(desktop.env)
      // Electron tells the docks of Unity and KDE Plasma alone.
      return { ...desktop.env, XDG_CURRENT_DESKTOP: 'KDE', KDE_SESSION_VERSION: '5' }
    },
  })
  const shown = () => dock?.shown()
  await connect(notifier, forum, 'eve')
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
  await expect.poll(shown).toBe(1)
  forum.notify({ user: 'eve', type: 'private_message', from: 'mika' })
  await expect.poll(shown).toBe(2)
  // Stopping it would end the dock with it, which may not have heard by then.
  await notifier.cli('quit')
  await expect.poll(shown).toBe(0)
  await dock?.stop()
})
