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
  it('quotes what systemd would read in another way', () => {
    const command = ['/opt/no de/node', '/x/100%/cli.js', '--profile', '/home/"$eve"']
    expect(unitFile({ command, name, hasNotify: true })).toContain(
      '\nExecStart="/opt/no de/node" /x/100%%/cli.js --profile "/home/\\"$$eve\\""\n',
    )
  })

  it('waits for no word of it where nothing could send one', () => {
    expect(unitFile({ command: ['/bin/true'], name, hasNotify: false })).toContain('\nType=exec\n')
  })
})

describe.skipIf(missing !== undefined)(
  `the unit, to systemd itself${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    /** The unit of a program that is there, in a file of its own name. */
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

    it('has nothing to complain of', async () => {
      const { stdout, stderr } = await analyze('verify', '--user', '--man=no', written())
      // Of units that are installed on this machine it may complain all the same.
      expect(`${stdout}${stderr}`.split('\n').filter((line) => line.includes('discourse'))).toEqual([])
    })

    it('is exposed no more than a program can be that sees its user’s files', async () => {
      const { stdout } = await analyze('security', '--offline=true', '--threshold=70', written())
      expect(stdout).toMatch(/Overall exposure level/)
    })
  },
)
