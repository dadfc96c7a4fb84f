import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect } from 'playwright/test'
import { controlPath } from '../../engine/control/control-path.ts'
import { test } from './fixtures.ts'

// A session that ends, and Ctrl-C at a terminal; what SIGKILL leaves behind is in electron-start.e2e.ts.

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends it in order: with status 0, its socket gone, its settings whole`, async ({
    notifierOf,
    forumOf,
  }) => {
    const forum = await forumOf()
    const notifier = await notifierOf()
    await notifier.open()
    const child = notifier.app?.process()
    if (child === undefined) throw new Error('only on the desktop')
    expect(existsSync(controlPath(notifier.profile))).toBe(true)
    // An attempt is saved at once.
    expect((await notifier.cli('add', forum.url)).status).toBe(0)
    const ended = new Promise((resolve) => child.once('exit', (...how) => resolve(how)))
    child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(existsSync(controlPath(notifier.profile))).toBe(false)
    expect(notifier.left()).toContain(forum.url)
  })
}

/** The processes below one, as the kernel has them: Chromium's zygotes are not among those that Electron knows. */
const processesBelow = (pid: number): readonly number[] => {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
      parents.set(Number(name), Number(parent))
    } catch {
      // It has ended.
    }
  }
  const childrenOf = (of: number): readonly number[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...childrenOf(child)])
  return childrenOf(pid)
}

test('SIGTERM to all of its processes, as at the end of a session, ends it in order all the same', async ({
  notifierOf,
}) => {
  const notifier = await notifierOf()
  await (await notifier.open()).getByText('No forums yet').first().waitFor()
  const child = notifier.app?.process()
  if (child?.pid === undefined) throw new Error('only on the desktop')
  // Its others get the signal when it has begun to end, whoever of them the kernel would have let run first.
  await notifier.app?.evaluate(({ app }, others) => {
    app.once('before-quit', () => {
      for (const pid of others) process.kill(pid, 'SIGTERM')
    })
  }, processesBelow(child.pid))
  const ended = new Promise((resolve) => child.once('exit', (...how) => resolve(how)))
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(existsSync(controlPath(notifier.profile))).toBe(false)
})
