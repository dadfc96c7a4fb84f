import { existsSync } from 'node:fs'
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
