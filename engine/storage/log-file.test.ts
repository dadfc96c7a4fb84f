import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { modeForOthers } from '../../test/rig/mode-for-others.ts'
import { openLogFile } from './log-file.ts'

let home = ''
let folder = ''
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'log-'))
  folder = path.join(home, 'log')
})
afterEach(() => rmSync(home, { recursive: true }))

const clock = createFakeClock(Date.UTC(2026, 10, 23, 12))
const open = (most?: number) => openLogFile({ folder, clock, ...(most === undefined ? {} : { most }) })
const read = (name = 'notifier.log'): string => readFileSync(path.join(folder, name), 'utf8')
const sizeOf = (name: string): number => statSync(path.join(folder, name)).size

describe('the log', () => {
  it('has one event per line, is readable by its owner only, and continues after a restart', () => {
    open()('info', 'start', { accounts: 2 })
    open()('warn', 'account', { host: 'meta.example', state: 'offline', text: 'two\nlines' })
    expect(read()).toBe(
      [
        '{"at":"2026-11-23T12:00:00.000Z","level":"info","event":"start","accounts":2}',
        '{"at":"2026-11-23T12:00:00.000Z","level":"warn","event":"account","host":"meta.example","state":"offline","text":"two\\nlines"}',
        '',
      ].join('\n'),
    )
    expect(modeForOthers(path.join(folder, 'notifier.log'))).toBe(0)
    expect(modeForOthers(folder)).toBe(0)
  })

  it('contains no secrets', () => {
    open()('info', 'odd', { text: `key ${'0123456789abcdef'.repeat(4)}` })
    expect(read()).toContain('"text":"key [redacted]"')
  })

  it('never exceeds two files, which hold the newest events', () => {
    const most = 1000
    for (let round = 0; round < 3; round += 1) {
      const log = open(most)
      for (let at = 0; at < 40; at += 1) {
        log('info', 'event', { number: round * 40 + at })
        for (const name of readdirSync(folder)) expect(sizeOf(name)).toBeLessThanOrEqual(most)
      }
    }
    expect(readdirSync(folder).toSorted()).toEqual(['notifier.1.log', 'notifier.log'])
    const numbers = [...(read('notifier.1.log') + read()).matchAll(/"number":(\d+)/g)].map(([, number]) =>
      Number(number),
    )
    expect(numbers.at(-1)).toBe(119)
    expect(numbers).toEqual(numbers.map((_, index) => 120 - numbers.length + index))
  })

  it('does no harm while its folder cannot be created, and begins once it can', () => {
    writeFileSync(folder, 'in the way')
    const log = open()
    expect(() => log('info', 'start')).not.toThrow()
    rmSync(folder)
    log('info', 'again')
    expect(read()).toContain('"event":"again"')
  })

  it('does no harm if something else has its file’s name', () => {
    mkdirSync(path.join(folder, 'notifier.log', 'x'), { recursive: true })
    expect(() => open()('info', 'start')).not.toThrow()
  })

  it('comes back after its folder was deleted', () => {
    const log = open()
    log('info', 'start')
    rmSync(folder, { recursive: true })
    log('info', 'again')
    expect(existsSync(path.join(folder, 'notifier.log'))).toBe(true)
  })
})
