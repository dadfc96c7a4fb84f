import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Presence } from '../../engine/sync/presence.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { pollInterval, watchPower } from './watch-power.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'power-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const supply = (name: string, files: Readonly<Record<string, string>>): void => {
  mkdirSync(path.join(folder, name), { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, name, file), `${text}\n`)
}

const watch = async (where = folder) => {
  const clock = createFakeClock()
  const told: (Presence['power'] | undefined)[] = []
  await watchPower({ clock, folder: where, engine: { setPresence: ({ power }) => told.push(power) } })
  return { clock, told }
}

describe('the power of a Linux machine', () => {
  it('is battery while its own battery discharges, and looked at every minute', async () => {
    supply('BAT0', { type: 'Battery', status: 'Discharging' })
    supply('AC', { type: 'Mains', online: '0' })
    const { clock, told } = await watch()
    expect(told).toEqual(['battery'])
    supply('BAT0', { status: 'Charging' })
    supply('AC', { online: '1' })
    clock.advance(pollInterval)
    await expect.poll(() => told).toEqual(['battery', 'mains'])
  })

  it('is mains while a charger is there, even a weak one', async () => {
    supply('BAT0', { type: 'Battery', status: 'Discharging' })
    supply('usb', { type: 'USB', online: '1' })
    expect((await watch()).told).toEqual(['mains'])
  })

  it('has nothing to do with the battery of a mouse', async () => {
    supply('hidpp_battery_0', { type: 'Battery', scope: 'Device', status: 'Discharging' })
    expect((await watch()).told).toEqual(['mains'])
  })

  it('is mains where nothing is listed', async () => {
    expect((await watch(path.join(folder, 'none'))).told).toEqual(['mains'])
  })
})
