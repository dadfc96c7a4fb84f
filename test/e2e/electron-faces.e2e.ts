import { cpSync, lstatSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'playwright/test'
import { callInstance } from '../../engine/control/call-instance.ts'
import { controlPath } from '../../engine/control/control-path.ts'
import { removeHome } from '../rig/remove-home.ts'
import { onPath } from '../system-parts.mjs'
import { connect } from './connect.ts'
import { differingPixels, luminancesIn, outstandingPixels } from './contrast.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'
import type { Notifier } from './notifier.ts'
import { type Panel, startPanel } from './panel.ts'
import { photograph } from './photograph.ts'
import { startTint2 } from './tint2.ts'

// What the tray icon shows in each state, on a real panel: the picture that is sent over the bus, and the one on the screen.

needs('desktop')
needs('panel')

let home = ''
let desktop: Desktop
test.beforeEach(async ({ atEnd }) => {
  home = mkdtempSync(path.join(tmpdir(), 'notifier-faces-'))
  atEnd(() => removeHome(home))
  desktop = await startDesktop(home)
  atEnd(desktop.stop)
})

const options = { args: ['--no-keychain', '--hidden'], envOf: async () => desktop.env }

const faces = ['idle', '1', '9plus', 'dot', 'paused', 'offline', 'attention']

/**
 * Which of the faces the icon on the panel has, by comparing every pixel with the files; undefined while it has none of them.
 * A pixel is multiplied by its opacity on one of its ways, so parts may be off by rounding.
 */
const shownFace = async (panel: Panel, { app }: Notifier): Promise<string | undefined> => {
  const picture = (await panel.icons())[0]?.picture
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

/** A square of the panel with the icon and nothing else, in pixels: xfce4-panel begins with a handle. */
const squareOn = (panelName: string) => ({ x: panelName.endsWith('tint2') ? 0 : 12, y: 0, width: 28, height: 28 })

/** Photographs the icon as the panel draws it, once it stands out from the panel and looks like no earlier state. */
const photographer = (name: string) => {
  const seen = new Map<string, readonly number[]>()
  return async ({ app }: Notifier, state: string): Promise<void> => {
    if (app === undefined) throw new Error('only on the desktop')
    const look = async () => {
      const { png, pixels } = await photograph(app, squareOn(name))
      writeFileSync(test.info().outputPath(`${name}-${state}.png`), png)
      return luminancesIn(pixels)
    }
    const judge = async (): Promise<string> => {
      const now = await look()
      const outstanding = outstandingPixels(now)
      if (outstanding < leastPixels) return `${outstanding} pixels stand out from the panel`
      const alike = [...seen].filter(([, other]) => differingPixels(now, other) < 6).map(([other]) => other)
      return alike.length === 0 ? 'seen' : `looks like ${alike.join(', ')}`
    }
    // The panel draws the icon a while after it was told.
    await expect.poll(judge).toBe('seen')
    seen.set(state, await look())
  }
}

/** How many of an icon's pixels have to stand out; it is about 16 wide. */
const leastPixels = 60

const light = { red: 0.96, green: 0.96, blue: 0.96 }
const dark = { red: 0.13, green: 0.14, blue: 0.16 }
const kinds = [
  { name: 'dark-xfce4-panel', colour: dark, tag: [] },
  { name: 'light-xfce4-panel', colour: light, tag: ['@on-demand'] },
  { name: 'dark-tint2', colour: dark, tag: ['@on-demand'] },
  { name: 'light-tint2', colour: light, tag: ['@on-demand'] },
]

for (const { name, colour, tag } of kinds) {
  test(`on a ${name.replace('-', ' ')} each state stands out and looks different`, { tag }, async ({
    atEnd,
    forumOf,
    notifierOf,
  }) => {
    test.slow()
    test.skip(name.endsWith('tint2') && !onPath('tint2'), 'not on this machine: tint2')
    const panel = name.endsWith('tint2') ? undefined : await startPanel(desktop.env, home, { colour })
    atEnd((panel ?? startTint2(desktop.env, home, colour)).stop)
    const forum = await forumOf()
    const notifier = await notifierOf(options)
    /** What the icon sends over the bus, where the panel takes it from there, and what the panel makes of it. */
    const shows = async (state: string): Promise<void> => {
      if (panel !== undefined) await expect.poll(() => shownFace(panel, notifier)).toBe(state)
      await photographed(notifier, state)
    }
    const photographed = photographer(name)
    await shows('idle')
    await connect(notifier, forum, 'eve')
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
    await shows('1')
    await change(notifier, { badge: { style: 'dot' } })
    await shows('dot')
    await change(notifier, { badge: { style: 'number' } })
    for (let more = 0; more < 9; more += 1) forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
    await shows('9plus')
    await notifier.cli('pause', 'open')
    await shows('paused')
    await notifier.cli('resume')
    forum.markRead('eve', 'all')
    await notifier.cli('refresh')
    // A network that wants its login page seen answers in every forum's place.
    forum.fault({ kind: 'html' })
    await notifier.cli('refresh')
    await shows('offline')

    // Keys that were kept for one run only are gone in the next one, and the account needs a sign-in.
    const saved = path.join(home, 'saved')
    cpSync(notifier.profile, saved, { recursive: true, filter: (file) => !lstatSync(file).isSocket() })
    await notifier.stop()
    const prepare = (profile: string) => cpSync(saved, profile, { recursive: true })
    const again = await notifierOf({ ...options, prepare })
    if (panel !== undefined) await expect.poll(() => shownFace(panel, again)).toBe('attention')
    await photographed(again, 'attention')
  })
}
