import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect } from 'playwright/test'
import { vaultItem } from '../../engine/storage/profile.ts'
import { openProfileId } from '../../engine/storage/profile-id.ts'
import type { Forum } from '../forum/forum.ts'
import { needs, test } from './fixtures.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import type { Notifier, NotifierOptions } from './notifier.ts'

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
  await expect.poll(async () => (await notifier.cli('status', '--json')).stdout).toContain('"state":"fresh"')
  const [account] = (await notifier.status()).accounts
  expect(account).toMatchObject({ username: 'eve', counts: { total: 1 } })
  expect((await notifier.cli('revoke', 'eve')).status).toBe(0)
  expect(forum.keys('eve').map(({ revokedAt }) => revokedAt === null)).toEqual([false])
})

test.describe('a keyring that does not stay as it is', () => {
  interface Scene {
    readonly forum: Forum
    readonly notifier: Notifier
    readonly keyring: Keyring
    readonly item: string
  }

  /** A notifier with eve's account on a keyring that the test has in its hands. */
  const setUp = async (forum: Forum, notifierOf: (options: NotifierOptions) => Promise<Notifier>): Promise<Scene> => {
    const held: { keyring?: Keyring } = {}
    const notifier = await notifierOf({
      envOf: async (home) => {
        held.keyring = await startKeyring(home)
        return held.keyring.env
      },
    })
    const { keyring } = held
    if (keyring === undefined) throw new Error('no keyring')
    await connect(notifier, forum, 'eve')
    return { forum, notifier, keyring, item: vaultItem(openProfileId(notifier.profile).id) }
  }

  const connect = async (notifier: Notifier, forum: Forum, user: string): Promise<void> => {
    const begun = JSON.parse((await notifier.cli('add', forum.url, '--json')).stdout)
    const { payload = '' } = await forum.authorize({ authorizeUrl: begun.authorizeUrl, user })
    expect((await notifier.cli('accept', payload)).stdout).toContain(`as ${user}.`)
  }

  const errorOf = async (notifier: Notifier, ...words: readonly string[]) =>
    JSON.parse((await notifier.cli(...words, '--json')).stdout).error

  const keysIn = async ({ keyring, item }: Scene) =>
    Object.values<string>(JSON.parse((await keyring.read(item)) ?? '').keys)

  const users = [{ username: 'eve' }, { username: 'bob' }]

  test('killed while the notifier runs, it loses nothing, and is taken up when it is back', async ({
    forumOf,
    notifierOf,
  }) => {
    const scene = await setUp(await forumOf({ users }), notifierOf)
    const { forum, notifier, keyring, item } = scene
    const before = await keyring.read(item)
    await keyring.kill()
    expect(await errorOf(notifier, 'add', forum.url)).toEqual({
      code: 'keychain_locked',
      message: 'The keychain is locked or does not answer. Unlock it, then try again. Nothing stored was changed.',
    })
    // What is known already goes on.
    expect((await notifier.cli('refresh')).status).toBe(0)
    await keyring.restart()
    expect(await keyring.read(item)).toBe(before)
    await connect(notifier, forum, 'bob')
    expect(await keysIn(scene)).toHaveLength(2)
    await keyring.stop()
  })

  test('that answers nothing holds up no end', async ({ forumOf, notifierOf }) => {
    const { forum, notifier, keyring } = await setUp(await forumOf({ users }), notifierOf)
    keyring.freeze()
    const asked = forum.requests.length
    const adding = notifier.cli('add', forum.url)
    await expect.poll(() => forum.requests.length).toBeGreaterThan(asked)
    const since = performance.now()
    // It waits for the end of the process.
    expect((await notifier.cli('quit')).status).toBe(0)
    // libsecret would wait for half a minute.
    expect(performance.now() - since).toBeLessThan(20_000)
    await adding
    keyring.thaw()
    // By its own signal, where the keychain was asked already.
    expect([0, null]).toContain(await notifier.stop())
    await keyring.stop()
  })

  test('what another program deletes or adds is neither lost nor overwritten', async ({ forumOf, notifierOf }) => {
    const scene = await setUp(await forumOf({ users }), notifierOf)
    const { forum, notifier, keyring, item } = scene
    const [eves] = await keysIn(scene)
    await keyring.write(item, null)
    await connect(notifier, forum, 'bob')
    // Both, in whatever order: an object's keys that look like numbers come first.
    const both = await keysIn(scene)
    expect(both).toHaveLength(2)
    expect(both).toContain(eves)

    const present = JSON.parse((await keyring.read(item)) ?? '')
    await keyring.write(item, JSON.stringify({ ...present, keys: { ...present.keys, other: 'of another' } }))
    expect((await notifier.cli('revoke', 'bob')).status).toBe(0)
    expect(await keysIn(scene)).toEqual(expect.arrayContaining([eves, 'of another']))
    await keyring.stop()
  })

  test('what it cannot read is never overwritten, and named', async ({ forumOf, notifierOf }) => {
    const { forum, notifier, keyring, item } = await setUp(await forumOf({ users }), notifierOf)
    for (const [text, code] of [
      ['no longer JSON', 'keychain_damaged'],
      ['{"version":9}', 'keychain_newer'],
    ] as const) {
      await keyring.write(item, text)
      expect((await errorOf(notifier, 'add', forum.url)).code).toBe(code)
      expect(await keyring.read(item)).toBe(text)
    }
    await keyring.write(item, null)
    await connect(notifier, forum, 'bob')
    await keyring.stop()
  })
})

test.describe('in the page', () => {
  needs('browser')

  for (const [name, wrap, code, reason] of [
    ['no keychain', [], 'keychain_unavailable', 'there is no D-Bus session'],
    ['a keyring that nobody opens', withClosedKeyring, 'keychain_refused', 'question could not be shown'],
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
      expect(error.code).toBe(code)
      expect(error.message).toContain(reason)
      if (code === 'keychain_unavailable') {
        // Whoever starts it, or asks how it is, is told as well; a keyring is not asked for before there is a key.
        await expect.poll(() => notifier.said()).toContain(reason)
        const { status, stdout } = await notifier.cli('status')
        expect([status, stdout]).toEqual([4, expect.stringContaining(reason)])
      }
      await page.goto(notifier.url)
      // Told where it matters: to whoever adds a forum.
      await page.getByRole('button', { name: 'Add a forum' }).click()
      await page.getByLabel('Address').fill(forum.url)
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByRole('button', { name: 'Keep them until I quit' }).click()
      await expect(page.getByRole('dialog').getByRole('link', { name: /to approve$/ })).toBeVisible()
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      expect((await notifier.cli('add', forum.url, '--json')).status).toBe(0)
    })
  }
})
