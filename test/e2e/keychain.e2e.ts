import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { needs, test } from './fixtures.ts'

// The real keychain: gnome-keyring on a session bus of the test's own, reached through keytar and libsecret.

/** Unlocks a keyring with a password of the test's own, then becomes the program that follows. */
const withKeyring = [
  'dbus-run-session',
  '--',
  'bash',
  '-c',
  'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"',
  'bash',
]

/** A session bus that starts a keyring by itself, with nobody to unlock it. */
const withClosedKeyring = ['dbus-run-session', '--']

needs('keychain')

test('keys are kept in the keychain, and nowhere else', async ({ forumOf, notifierOf }) => {
  const forum = await forumOf()
  forum.notify({ user: 'eve', type: 'mentioned' })
  // Both runs share one home, and so one keyring file.
  const again = '"$0" "$@" & first=$!; wait $first; exec "$0" "$@"'
  const notifier = await notifierOf({ wrap: [...withKeyring, 'bash', '-c', again] })
  const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
  const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user: 'eve' })
  const accepted = await notifier.cli('accept', payload)
  expect(accepted.stdout).toContain('Connected to Meta as eve.')
  expect(readFileSync(path.join(notifier.profile, 'settings.json'), 'utf8')).not.toContain('PRIVATE')

  // The first run ends; the second begins with nothing but the settings file and the keychain.
  await notifier.cli('quit')
  await expect
    .poll(async () => (await notifier.cli('status', '--json')).stdout, { timeout: 30_000 })
    .toContain('"state":"fresh"')
  const [account] = (await notifier.status()).accounts
  expect(account).toMatchObject({ username: 'eve', counts: { total: 1 } })
  expect((await notifier.cli('revoke', 'eve')).status).toBe(0)
  expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
})

test.describe('in the page', () => {
  needs('browser')

  for (const [name, wrap, reason] of [
    ['no keychain', [], 'there is no D-Bus session'],
    ['a keyring that nobody opens', withClosedKeyring, 'its keyring can be neither opened nor made'],
  ] as const) {
    test(`with ${name}, nothing is stored until the user agrees to memory only`, async ({
      page,
      forumOf,
      notifierOf,
    }) => {
      const forum = await forumOf()
      const notifier = await notifierOf({ wrap })
      const refused = await notifier.cli('add', forum.url, '--json')
      expect(refused.status).toBe(1)
      const { error } = JSON.parse(refused.stdout)
      expect(error.code).toBe('keychain_unavailable')
      expect(error.message).toContain(reason)
      await page.goto(notifier.url)
      await expect(page.getByText('Your keys cannot be kept safely', { exact: true })).toBeVisible()
      await page.getByRole('button', { name: 'Keep them until I quit' }).click()
      await expect(page.getByText('Your keys cannot be kept safely', { exact: true })).toBeHidden()
      expect((await notifier.cli('add', forum.url, '--json')).status).toBe(0)
    })
  }
})
