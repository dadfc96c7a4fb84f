import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { controlPath } from '../../engine/control/control-path.ts'
import { answerDialog } from './answer-dialog.ts'
import { connect } from './connect.ts'
import { desktopProgram } from './desktop-program.ts'
import { needs, test } from './fixtures.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import { type Notifier, runCli, textsBelow } from './notifier.ts'

// Processes of the desktop app that are killed, as the system does when memory runs out: its page, the one that draws, and itself.

const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // Processes end while they are being looked at.
    return ''
  }
}

/** The ids of the program's own processes of a kind, as Chromium names it on their command lines. */
const processesOf = (notifier: Notifier, type: 'renderer' | 'gpu-process'): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const command = readIfThere(`/proc/${name}/cmdline`)
      return command.includes(`--type=${type}`) && command.includes(`--user-data-dir=${notifier.profile}`)
    })
    .map(Number)

const logOf = (notifier: Notifier): string => textsBelow(path.join(notifier.profile, 'log')).join('')

const emptyHomes = async (notifier: Notifier): Promise<number> =>
  (await notifier.app
    ?.windows()
    .at(-1)
    ?.getByText('No forums yet')
    .count()
    .catch(() => 0)) ?? 0

test('a page’s process that is killed is replaced, and the log says so', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  await (await notifier.open()).getByText('No forums yet').first().waitFor()
  const [killed, ...more] = processesOf(notifier, 'renderer')
  expect(more).toEqual([])
  if (killed === undefined) throw new Error('no page')
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => logOf(notifier)).toContain('"type":"page","reason":"killed"')
  await expect.poll(() => emptyHomes(notifier)).toBeGreaterThan(0)
  expect(processesOf(notifier, 'renderer')).not.toContain(killed)
  // Dumps of crashes have one place, which is looked after.
  const folders = readdirSync(notifier.profile, { recursive: true, encoding: 'utf8' })
  expect(folders).toContain(path.join('crashes', 'pending'))
  expect(folders.filter((name) => name.includes('Crashpad'))).toEqual([])
})

test('the process that draws may be killed twice; the window goes on, and the log says so', async ({ notifierOf }) => {
  const notifier = await notifierOf()
  const page = await notifier.open()
  await page.getByText('No forums yet').first().waitFor()
  for (const times of [1, 2]) {
    await expect.poll(() => processesOf(notifier, 'gpu-process').length).toBe(1)
    const [killed = 0] = processesOf(notifier, 'gpu-process')
    process.kill(killed, 'SIGKILL')
    await expect.poll(() => logOf(notifier).split('"type":"GPU"').length - 1).toBe(times)
  }
  await page.getByRole('button', { name: 'Add a forum' }).first().click()
  await expect(page.getByLabel('Address')).toBeVisible()
  // Drawn anew, by the process that has taken its place.
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
  expect((await page.screenshot()).length).toBeGreaterThan(1000)
})

test.describe('an error in the main process that nobody catches', () => {
  needs('panel')

  for (const kind of ['error', 'rejection'] as const) {
    test(`ends it in order, and is told in one sentence: ${kind}`, async ({ forumOf, notifierOf }) => {
      const forum = await forumOf()
      const notifier = await notifierOf()
      await (await notifier.open()).getByText('No forums yet').first().waitFor()
      expect((await notifier.cli('add', forum.url)).status).toBe(0)
      const child = notifier.app?.process()
      if (child === undefined) throw new Error('only on the desktop')
      const ended = once(child, 'exit')
      await notifier.app?.evaluate((_electron, thrownAs) => {
        const thrown = Object.assign(new Error('the key of eve'), { code: 'EODD' })
        setTimeout(() => {
          if (thrownAs === 'error') throw thrown
          void Promise.reject(thrown)
        }, 0)
      }, kind)
      const sentence = 'Discourse Notifier has ended because of an error in it. Nothing stored is lost'
      await expect.poll(() => notifier.said()).toContain(sentence)
      await expect.poll(() => existsSync(controlPath(notifier.profile))).toBe(false)
      await answerDialog(notifier.env)
      expect(await ended).toEqual([1, null])
      expect(notifier.said()).not.toMatch(/the key of eve|\n\s+at /)
      expect(logOf(notifier)).toMatch(
        /"level":"error","event":"crash","code":"internal","kind":"Error","reason":"EODD"/,
      )
      expect(notifier.left()).toContain(forum.url)
    })
  }
})

test.describe('with a keyring', () => {
  needs('keychain')

  let keyring: Keyring | undefined
  test.afterEach(async () => {
    await keyring?.stop()
    keyring = undefined
  })

  test('killed itself it leaves everything, and the next start goes on with the account', async ({
    forumOf,
    notifierOf,
  }) => {
    const forum = await forumOf()
    const notifier = await notifierOf({
      args: ['--hidden'],
      envOf: async (home) => {
        keyring = await startKeyring(home)
        return keyring.env
      },
    })
    await connect(notifier, forum, 'eve')
    const child = notifier.app?.process()
    if (child === undefined) throw new Error('only on the desktop')
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended

    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Release notes' })
    const { program, args } = desktopProgram()
    const words = [...args, '--profile', notifier.profile, '--hidden']
    const next = spawn(program, words, { env: notifier.env, stdio: 'ignore' })
    const counts = async () => JSON.parse((await notifier.cli('status', '--json')).stdout).accounts?.[0]?.counts
    await expect.poll(() => counts().catch(() => null)).toMatchObject({ notifications: 1 })
    const isOver = once(next, 'exit')
    await runCli(['quit', '--profile', notifier.profile], notifier.env)
    expect(await isOver).toEqual([0, null])
  })
})
