import { expect, type Page, test } from 'playwright/test'
import { account, attempt, counts, notification, rust, snapshot } from '../../common/testing/samples.ts'
import { serveSnapshot } from '../rig/serve-snapshot.ts'
import { needs } from './fixtures.ts'

// What a page begins with, beside the script that it names: it is fetched while the first snapshot is on its way, and
// shown together with it.

needs('browser')

const first = snapshot({
  accounts: [
    account({ counts: counts({ notifications: 1 }), items: [notification()] }),
    account({ id: 'account-2', site: rust, items: [] }),
  ],
})

/** Lets requests for an address wait, and says when there was one. */
const hold = async (page: Page, address: RegExp) => {
  let asked: () => void = () => undefined
  let goOn: () => void = () => undefined
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve
  })
  await page.route(address, async (route) => {
    asked()
    await mayGoOn
    await route.continue()
  })
  return { isAsked, goOn }
}

const stopTime = async (page: Page) => {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
}

const begun = [
  { width: 360, address: '#/inbox', files: [/\/wide-view-[^/]*\.js/] },
  { width: 360, address: '#/settings', files: [/\/settings-[^/]*\.js/] },
  { width: 1000, address: '', files: [/\/wide-view-[^/]*\.js/] },
  { width: 1000, address: '#/access', files: [/\/wide-view-[^/]*\.js/, /\/access-[^/]*\.js/] },
  { width: 1200, address: '', files: [/\/wide-view-[^/]*\.js/] },
]

for (const { width, address, files } of begun) {
  test(`a page of ${width} px at “${address}” fetches its view while the first snapshot is on its way, and shows it at once`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 640 })
    const server = await serveSnapshot(first)
    // The token is exchanged for a session, so that the address is free.
    await page.goto(server.url)
    await page.getByText('Rust Users').first().waitFor()
    await page.goto('about:blank')
    await stopTime(page)
    const updates = await hold(page, /\/api\/updates/)
    const held = await Promise.all(files.map((file) => hold(page, file)))
    const isLoaded = page.goto(new URL(`/${address}`, server.url).href)
    await Promise.all([updates.isAsked, ...held.map(({ isAsked }) => isAsked)])
    // As long as the page waits before it shows its shape.
    await page.clock.runFor(100)
    // Until here nothing is there but the shape of the page.
    await expect(page.locator('main [aria-hidden=true] > *').first()).toBeAttached()
    updates.goOn()
    await expect(page).toHaveTitle(/^\(1\) .*Discourse Notifier$/)
    for (const { goOn } of held) goOn()
    // While no time passes: what React shows in the place of a view, it would keep for 300 ms.
    await expect(page.getByRole('main').locator('ul:not([aria-hidden]) a, table, form, section').first()).toBeVisible()
    if (width >= 720)
      await expect(page.getByRole('navigation').getByRole('link', { name: /on Rust Users/ })).toBeVisible()
    if (width >= 1100) await expect(page.getByRole('complementary').getByRole('heading')).toBeVisible()
    await isLoaded
    await server.close()
  })
}

test('a wide window fetches its view beside the script of the page, not after it', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 640 })
  const server = await serveSnapshot(first)
  const parts = [/\/first-view-[^/]*\.js/, /\/wide-view-[^/]*\.js/, /\/wide-view-[^/]*\.css/]
  const held = await Promise.all(parts.map((part) => hold(page, part)))
  const isLoaded = page.goto(server.url)
  await Promise.all(held.map(({ isAsked }) => isAsked))
  for (const { goOn } of held) goOn()
  await expect(page.getByRole('navigation').getByRole('link', { name: /on Rust Users/ })).toBeVisible()
  await isLoaded
  await server.close()
})

test('a sign-in that waits is shown at once', async ({ page }) => {
  const server = await serveSnapshot(snapshot({ attempts: [attempt()] }))
  await stopTime(page)
  const row = await hold(page, /\/attempt-row-[^/]*\.js/)
  const isLoaded = page.goto(server.url)
  await row.isAsked
  row.goOn()
  await expect(page.getByRole('button', { name: /^Continue signing in/ })).toBeVisible()
  await isLoaded
  await server.close()
})

test('so is the welcome of a newcomer', async ({ page }) => {
  const server = await serveSnapshot(snapshot())
  await stopTime(page)
  const welcome = await hold(page, /\/welcome-[^/]*\.js/)
  const isLoaded = page.goto(server.url)
  await welcome.isAsked
  welcome.goOn()
  await expect(page.getByRole('button', { name: 'Add a forum' })).toBeVisible()
  await isLoaded
  await server.close()
})
