import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page } from 'playwright/test'
import { type Desktop, startDesktop } from './desktop.ts'
import { needs, test } from './fixtures.ts'

// What somebody's code could do who got it into the page: on the real program, in its own window. The code is text here, as it
// would be; tests have no types of a page.

/** Run by the page itself, under its policy, which what a test evaluates is not. */
const forbidden = (address: string): string => `(async () => {
  const violated = []
  document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective.split('-')[0]))
  const script = document.createElement('script')
  script.textContent = 'window.hasRun = true'
  const image = document.createElement('img')
  const failed = new Promise((resolve) => image.addEventListener('error', resolve))
  image.src = '${address}/favicon.ico'
  document.body.append(script, image)
  const fetched = await fetch('${address}').then(() => 'an answer', () => 'nothing')
  await failed
  // The header's policy and that in the page itself each say so.
  return { violated: [...new Set(violated)].toSorted(), hasRun: 'hasRun' in window, fetched }
})()`

const permissions = `(async () => {
  const asked = ['notifications', 'geolocation', 'camera', 'microphone'].map((name) => navigator.permissions.query({ name }))
  const place = new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve(code)))
  return { states: (await Promise.all(asked)).map(({ state }) => state), place: await place }
})()`

test('code in the page reaches neither Node nor the network nor another page, and is granted nothing', async ({
  notifierOf,
  forumOf,
}) => {
  const { url } = await forumOf()
  const notifier = await notifierOf()
  const page = await notifier.open()
  await expect(page.getByRole('button', { name: 'Add a forum' }).first()).toBeVisible()
  const own = page.url()

  expect(await page.evaluate("['require', 'process', 'module', 'Buffer'].filter((name) => name in window)")).toEqual([])
  expect(await page.evaluate(forbidden(url))).toEqual({
    ...{ violated: ['connect', 'img', 'script'], hasRun: false, fetched: 'nothing' },
  })
  expect(await page.evaluate(`window.open('${url}') === null`)).toBe(true)
  await page.evaluate(`location.href = '${url}/navigated'`)
  // The last error of a place that was asked for is that it was not permitted (1).
  expect(await page.evaluate(permissions)).toEqual({ states: ['denied', 'denied', 'denied', 'denied'], place: 1 })
  expect(page.url()).toBe(own)
  expect(notifier.app?.windows()).toHaveLength(1)
})

/** Has a page count the events of a kind from now on, as `counted.dragstart`. */
const count = (page: Page, kind: string): Promise<unknown> =>
  page.evaluate(`{
    const counted = globalThis.counted ??= {}
    if (!('${kind}' in counted)) addEventListener('${kind}', () => { counted.${kind} += 1 }, { capture: true })
    counted.${kind} = 0
  }`)

/** Whether it has counted so many. */
const hasCounted = (page: Page, kind: string, least: number): Promise<unknown> =>
  page.evaluate(`globalThis.counted.${kind} >= ${least}`)

test.describe('what is dropped on the window', () => {
  needs('panel')
  needs('desktop')

  let desktop: Desktop | undefined
  test.afterEach(async () => {
    await desktop?.stop()
    desktop = undefined
  })

  // On demand: it takes a while.
  test('is neither opened nor read: an address, a file', { tag: '@on-demand' }, async ({ forumOf, notifierOf }) => {
    const forum = await forumOf()
    const { url } = forum
    const { app, home, env, open } = await notifierOf({
      args: ['--no-keychain'],
      envOf: async (folder) => {
        desktop = await startDesktop(folder)
        return desktop.env
      },
    })
    const page = await open()
    await expect(page.getByText('No forums yet').first()).toBeVisible()
    if (app === undefined) throw new Error('only on the desktop')
    // Chromium looks for the window below the mouse in the window manager's list.
    const manager = spawn('openbox', { env, stdio: 'ignore' })
    const own = page.url()
    const file = path.join(home, 'page.html')
    writeFileSync(file, '<title>dropped</title>')

    // Beside the window: one that is all a link, and one that opens what is dropped on it. The latter shows that drops arrive.
    const openBeside = async (x: number, title: string, navigateOnDragDrop: boolean) => {
      const opening = app.waitForEvent('window', { timeout: 0 })
      await app.evaluate(
        ({ BrowserWindow }, [left, name, isLax]) => {
          const made = new BrowserWindow({
            ...{ x: left, y: 0, width: 200, height: 400, frame: false },
            webPreferences: { navigateOnDragDrop: isLax },
          })
          void made.loadURL(`data:text/html,<title>${name}</title>`)
        },
        [x, title, navigateOnDragDrop] as const,
      )
      return await opening
    }
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0 }))
    const source = await openBeside(500, 'source', false)
    const lax = await openBeside(750, 'lax', true)
    const xdotool = (...words: readonly string[]) => promisify(execFile)('xdotool', words, { env })
    /** Moves the mouse between two places side by side, as an unsteady hand does, until something is seen. */
    const moveUntil = async (x: number, isSeen: () => Promise<unknown>): Promise<void> => {
      let at = x
      const move = async () => {
        at = at === x ? x + 10 : x
        await xdotool('mousemove', String(at), '200')
        return await isSeen()
      }
      await expect.poll(move).toBe(true)
    }
    /** Drags the link to a place in a window, and drops it there. */
    const drag = async (address: string, x: number, target: Page): Promise<void> => {
      const style = 'position:fixed;inset:0;background:#fff'
      const link = `<a href="${address}" style="${style}" onclick="return false">link</a>`
      await source.evaluate(`document.body.innerHTML = ${JSON.stringify(link)}`)
      await count(source, 'mousedown')
      await count(source, 'dragstart')
      await count(source, 'dragend')
      await count(target, 'dragover')
      // A press is lost on a window that the window manager is still busy with.
      const press = async () => {
        await xdotool('mousemove', '600', '200', 'mouseup', '1', 'mousedown', '1')
        return await hasCounted(source, 'mousedown', 1)
      }
      await expect.poll(press, { intervals: [1000, 3000] }).toBe(true)
      await moveUntil(580, () => hasCounted(source, 'dragstart', 1))
      // What is below the mouse accepts the drop only in its answer to one of the first of these.
      await moveUntil(x, () => hasCounted(target, 'dragover', 8))
      await xdotool('mouseup', '1')
      await expect.poll(() => hasCounted(source, 'dragend', 1)).toBe(true)
    }
    /** Drags it to the lax window, waits for what that opens, and closes it. */
    const dragToLax = async (address: string): Promise<void> => {
      const opening = app.waitForEvent('window', { timeout: 0 })
      await drag(address, 850, lax)
      const opened = await opening
      await opened.waitForURL(address)
      await opened.close()
    }

    await dragToLax(`${url}/dropped`)
    await expect.poll(() => app.windows().length).toBe(3)
    const asked = forum.requests.length
    await drag(`${url}/dropped`, 200, page)
    await drag(`file://${file}`, 200, page)
    // Once more on the other window, so that those before have had their effect.
    await dragToLax(`${url}/last`)
    await expect.poll(() => app.windows().length).toBe(3)
    const paths = forum.requests.slice(asked).map((request) => request.path)
    expect(paths.filter((name) => name !== '/favicon.ico')).toEqual(['/last'])
    expect(desktop?.opened()).toEqual([])
    expect(page.url()).toBe(own)
    await page.getByRole('button', { name: 'Add a forum' }).first().click()
    await expect(page.getByLabel('Address')).toHaveValue('')
    manager.kill()
  })
})
