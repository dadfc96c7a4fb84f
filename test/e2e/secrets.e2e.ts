import { execFile } from 'node:child_process'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'
import { vaultItem } from '../../engine/storage/profile.ts'
import { openProfileId } from '../../engine/storage/profile-id.ts'
import { needs, test } from './fixtures.ts'
import { approveAndCopyCode, beginInPage, logInToAuthorize } from './forum-visit.ts'
import { type Keyring, startKeyring } from './keyring.ts'
import { textsBelow } from './notifier.ts'

// The whole main job with the real keychain, and everything that leaves engine and vault written down: what the program
// prints, what it writes to disk, what it answers to the page. None of it may hold a key, the private key or a nonce.

needs('browser')
needs('keychain')

/** Reads the vault as the owner of the keychain could, with a program of its own. */
const readVault = async (profile: string, env: NodeJS.ProcessEnv): Promise<string> => {
  const item = vaultItem(openProfileId(profile).id)
  const script = `import('keytar').then(async ({ default: keytar }) => {
    process.stdout.write((await keytar.getPassword('discourse-notifier', ${JSON.stringify(item)})) ?? '')
  })`
  return (await promisify(execFile)(process.execPath, ['-e', script], { env })).stdout
}

test('no secret leaves engine and vault', async ({ page, forumOf, notifierOf }) => {
  const forum = await forumOf()
  forum.notify({ user: 'eve', type: 'mentioned' })
  let keyring: Keyring | undefined
  const notifier = await notifierOf({
    envOf: async (home) => {
      keyring = await startKeyring(home)
      return keyring.env
    },
  })
  const answers: Promise<string>[] = []
  page.on('response', (response) => answers.push(response.text().catch(() => '')))
  const shown: string[] = []
  page.on('console', (message) => shown.push(message.text()))

  await page.goto(notifier.url)
  const tab = await beginInPage(notifier, page, forum.url, 'Meta')
  await logInToAuthorize(tab)
  const nonce = new URL(tab.url()).searchParams.get('nonce') ?? ''
  const whileWaiting = await readVault(notifier.profile, notifier.env)
  const code = await approveAndCopyCode(tab)
  // What goes wrong must not tell more than what goes right.
  await notifier.cli('accept', `${code.slice(0, 120)}AAAA`)
  await page.getByLabel('Code from the forum').fill(code)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await page.getByRole('list', { name: 'Accounts' }).getByLabel('1 notification').waitFor()
  const { keypair, keys } = JSON.parse(await readVault(notifier.profile, notifier.env))
  const status = await notifier.cli('status')
  await notifier.cli('revoke', 'eve')
  await notifier.cli('quit')

  // The private key by a line from its middle; a key whole, and its half in case somebody cuts it.
  const [key = ''] = Object.values<string>(keys)
  const privateLine = keypair.privateKey.split('\n')[5] ?? ''
  const secrets = { nonce, key, halfKey: key.slice(0, 16), privateLine }
  expect(Object.values(secrets).map((secret) => secret.length)).toEqual([32, 32, 16, 64])
  // The search itself can find them: the vault holds what must be nowhere else.
  expect(whileWaiting).toContain(nonce)

  const keptByKeyring = path.join(notifier.home, 'data')
  const left = {
    printed: notifier.said(),
    'command line': `${status.stdout}${status.stderr}`,
    profile: textsBelow(notifier.profile).join('\n'),
    'rest of the home': textsBelow(notifier.home).join('\n'),
    'answers to the page': (await Promise.all(answers)).join('\n'),
    console: shown.join('\n'),
  }
  expect(left['answers to the page']).toContain('Meta')
  expect(textsBelow(keptByKeyring).length).toBeGreaterThan(0)
  for (const [place, text] of Object.entries(left)) {
    for (const [name, secret] of Object.entries(secrets)) {
      expect.soft(text.includes(secret), `${name} in: ${place}`).toBe(false)
    }
  }
  await keyring?.stop()
})
