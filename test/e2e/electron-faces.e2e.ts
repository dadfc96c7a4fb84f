import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { connect } from './connect.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'
import { type Panel, startPanel } from './panel.ts'

// What the tray icon shows in each state, on a real panel: the picture that is sent over the bus, and the one on the screen.

needs('desktop')
needs('panel')

let home = ''
let desktop: Desktop
let panel: Panel | undefined
test.beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-faces-'))
  desktop = await startDesktop(home)
})
test.afterEach(async () => {
  await panel?.stop()
  await desktop.stop()
  rmSync(home, { recursive: true, force: true })
})

const options = { args: ['--no-keychain', '--hidden'], envOf: async () => desktop.env }

const faces = ['idle', '1', '9plus', 'dot', 'paused', 'offline']

/**
 * Which of the faces the icon on the panel has, by comparing every pixel with the files; undefined while it has none of them.
 * A pixel is multiplied by its opacity on one of its ways, so parts may be off by rounding.
 */
const shownFace = async ({ app }: Notifier): Promise<string | undefined> => {
  const picture = (await panel?.icons())?.[0]?.picture
  if (picture === undefined || app === undefined) return undefined
  const files = faces.map((face) => fileURLToPath(new URL(`../../dist/icons/tray/${face}.png`, import.meta.url)))
  const at = await app.evaluate(
    ({ nativeImage }, { sent, names }) =>
      names.findIndex((name) => {
        // Blue, green, red, alpha. The largest one is what is sent.
        const own = nativeImage.createFromPath(name).toBitmap({ scaleFactor: 2 })
        if (own.length !== sent.length) return false
        for (let pixel = 0; pixel < own.length; pixel += 4) {
          const alpha = own[pixel + 3] ?? 0
          if (alpha !== sent[pixel]) return false
          for (const part of [0, 1, 2]) {
            const value = ((sent[pixel + 3 - part] ?? 0) * alpha) / 255
            if (Math.abs(value - (own[pixel + part] ?? 0)) > 2) return false
          }
        }
        return true
      }),
    { sent: picture.pixels, names: files },
  )
  return faces[at]
}

const change = async (notifier: Notifier, input: object): Promise<void> => {
  const call = { call: 'command', name: 'preferences.change', input } as const
  expect((await callInstance(controlPath(notifier.profile), call)).ok).toBe(true)
}

test('each state is another picture: nothing new, a number, a dot, many, paused, offline', async ({
  forumOf,
  notifierOf,
}) => {
  test.slow()
  panel = await startPanel(desktop.env, home)
  const forum = await forumOf()
  const notifier = await notifierOf(options)
  const face = () => shownFace(notifier)
  await expect.poll(face).toBe('idle')
  await connect(notifier, forum, 'eve')
  forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
  await expect.poll(face).toBe('1')
  await change(notifier, { badge: { style: 'dot' } })
  await expect.poll(face).toBe('dot')
  await change(notifier, { badge: { style: 'number' } })
  for (let more = 0; more < 9; more += 1) forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
  await expect.poll(face).toBe('9plus')
  await notifier.cli('pause', 'open')
  await expect.poll(face).toBe('paused')
  await notifier.cli('resume')
  forum.markRead('eve', 'all')
  await notifier.cli('refresh')
  await expect.poll(face).toBe('idle')
  // A network that wants its login page seen answers in every forum's place.
  forum.fault({ kind: 'html' })
  await notifier.cli('refresh')
  await expect.poll(face).toBe('offline')
})
