import { expect } from 'playwright/test'
import { test } from './fixtures.ts'

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
