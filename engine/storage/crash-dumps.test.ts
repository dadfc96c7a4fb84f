import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { dumpLifetime, openCrashDumps } from './crash-dumps.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crashes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const hour = 60 * 60_000
const clock = createFakeClock()

/** Writes a file in one of Crashpad's folders. */
const put = (place: string, name: string, age: number): void => {
  const file = path.join(folder, place, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, 'MDMP')
  const time = new Date(clock.now() - age)
  utimesSync(file, time, time)
}

const left = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()

describe('crash dumps', () => {
  it('are counted wherever Crashpad puts them', () => {
    // On Linux and macOS, and on Windows.
    put('pending', 'a.dmp', 0)
    put('pending', 'a.meta', 0)
    put('completed', 'b.dmp', 0)
    put('reports', 'c.dmp', 0)
    expect(openCrashDumps({ folder, clock }).count()).toBe(3)
  })

  it('count as zero if there has never been a crash', () => {
    const none = path.join(folder, 'none')
    expect(openCrashDumps({ folder: none, clock })).toMatchObject({ folder: none })
    expect(openCrashDumps({ folder: none, clock }).count()).toBe(0)
  })

  it('are deleted when they are old, at the start and later', () => {
    put('pending', 'old.dmp', dumpLifetime + hour)
    put('pending', 'old.meta', dumpLifetime + hour)
    put('pending', 'new.dmp', dumpLifetime - hour)
    put('', 'settings.dat', 2 * dumpLifetime)
    const dumps = openCrashDumps({ folder, clock })
    expect(left()).toEqual(['pending', path.join('pending', 'new.dmp'), 'settings.dat'])
    clock.advance(24 * hour)
    expect(dumps.count()).toBe(0)
    expect(left()).toEqual(['pending', 'settings.dat'])
  })
})
