import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingPart } from '../../test/system-parts.mjs'
import { unitFile } from './unit-file.ts'

const name = 'discourse-notifier.service'
const missing = missingPart('services')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unit-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the unit of the service', () => {
  it('quotes what systemd would interpret', () => {
    const command = ['/opt/no de/node', '/x/100%/cli.js', '--profile', '/home/"$eve"']
    expect(unitFile({ command, name, hasNotify: true })).toContain(
      '\nExecStart="/opt/no de/node" /x/100%%/cli.js --profile "/home/\\"$$eve\\""\n',
    )
  })

  it('does not wait for a ready message where nothing could send one', () => {
    expect(unitFile({ command: ['/bin/true'], name, hasNotify: false })).toContain('\nType=exec\n')
  })
})

describe.skipIf(missing !== undefined)(
  `the unit, checked by systemd itself${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    /** Writes the unit of an existing program to a file with the unit's name. */
    const written = (): string => {
      const program = path.join(folder, 'a program')
      writeFileSync(program, '#!/bin/sh\n')
      chmodSync(program, 0o755)
      const file = path.join(folder, name)
      writeFileSync(
        file,
        unitFile({ command: [program, 'serve', '--profile', '/home/100%/$eve'], name, hasNotify: true }),
      )
      return file
    }
    const analyze = async (...args: readonly string[]) => {
      mkdirSync(path.join(folder, 'runtime'), { recursive: true })
      return await promisify(execFile)('systemd-analyze', ['--no-pager', ...args], {
        env: { ...process.env, XDG_RUNTIME_DIR: path.join(folder, 'runtime'), HOME: folder },
      })
    }

    it('has no faults', async () => {
      const { stdout, stderr } = await analyze('verify', '--user', '--man=no', written())
      // It may still complain about other units on this machine.
      expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('discourse'))).toEqual([])
    })

    it('has an acceptable exposure level for a program that reads its user’s files', async () => {
      const { stdout } = await analyze('security', '--offline=true', '--threshold=70', written())
      expect(stdout).toMatch(/Overall exposure level/)
    })
  },
)
