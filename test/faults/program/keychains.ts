import { execFileSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { vaultItem } from '../../../engine/storage/profile.ts'
import { openProfileId } from '../../../engine/storage/profile-id.ts'
import { approvedCode, connect, expectMembers } from './members.ts'
import type { Scene } from './scene.ts'

/** Locks the keyring, as a screen saver may. */
const lock = ({ machine }: Scene): void => {
  const collection = '/org/freedesktop/secrets/collection/login'
  const service = ['org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service']
  const words = ['--user', 'call', ...service, 'Lock', 'ao', '1', collection]
  execFileSync('busctl', words, { env: machine.env, stdio: 'ignore' })
}

/** Keychain faults while somebody signs in. Each is repaired afterwards, and the same payload is handed over again. */
const troubles: readonly {
  readonly name: string
  begin(scene: Scene, item: string): Promise<void>
  end(scene: Scene, item: string): Promise<void>
}[] = [
  {
    name: 'gone',
    begin: ({ machine }) => machine.keyring.kill(),
    end: ({ machine }) => machine.keyring.restart(),
  },
  {
    name: 'foreign data',
    begin: ({ machine }, item) => machine.keyring.write(item, 'no longer JSON'),
    end: async () => undefined,
  },
  {
    name: 'data of a newer version',
    begin: ({ machine }, item) => machine.keyring.write(item, '{"version":9}'),
    end: async () => undefined,
  },
  {
    name: 'locked later',
    begin: async (scene) => lock(scene),
    end: ({ machine }) => machine.keyring.restart(),
  },
  {
    name: 'frozen',
    begin: async ({ machine }) => machine.keyring.freeze(),
    end: async ({ machine }) => machine.keyring.thaw(),
  },
]

/** @param isLong whether to include what takes the program's whole keychain timeout, 20 s each */
export const troubleKeychain = async (scene: Scene, isLong: boolean): Promise<void> => {
  const { machine, forum, tally } = scene
  await machine.start()
  await connect(machine, forum, 'gil')
  const item = vaultItem(openProfileId(machine.profile).id)
  const users = ['gil']
  for (const [index, trouble] of troubles.slice(0, isLong ? troubles.length : 1).entries()) {
    const user = `keyholder${index}`
    forum.createUser({ username: user })
    const text = await approvedCode(machine, forum, user)
    const before = await machine.keyring.read(item)
    await trouble.begin(scene, item)
    tally.inject(`keychain ${trouble.name}`)
    const answer = await machine.run('attempt.accept', { text })
    if (answer.ok) tally.lose('keys', `said to be kept in a keychain that is ${trouble.name}`)
    await trouble.end(scene, item)
    const isForeign = trouble.name.includes('data')
    if (isForeign && (await machine.keyring.read(item))?.includes('keypair'))
      tally.lose('keys', 'foreign data overwritten')
    if (isForeign) await machine.keyring.write(item, before)
    const { accounts } = await machine.snapshot()
    if (!accounts.some(({ username }) => username === user)) await machine.run('attempt.accept', { text })
    users.push(user)
    await expectMembers(scene, users, `a keychain ${trouble.name}`)
  }
  await startWithout(scene, users)
  if (isLong) await startLocked(scene, users)
  await machine.quit()
}

/** No keychain at the start: no request to forums, nothing lost, nothing written in clear text. */
const startWithout = async (scene: Scene, users: readonly string[]): Promise<void> => {
  const { machine, forum, tally } = scene
  await machine.quit()
  await machine.start({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } })
  tally.inject('keychain absent')
  await machine.until('the keychain is missed', ({ vault }) => vault.kind === 'unavailable')
  const begun = await machine.call({ call: 'begin', address: forum.url, method: 'paste' })
  if (begun.ok) tally.lose('attempts', 'one that began without a keychain')
  await machine.quit()
  await machine.start()
  await expectMembers(scene, users, 'a start without a keychain')
}

const startLocked = async (scene: Scene, users: readonly string[]): Promise<void> => {
  const { machine, tally } = scene
  await machine.quit()
  lock(scene)
  await machine.start()
  tally.inject('keychain locked at the start')
  await machine.until('the keychain is missed', ({ vault }) => vault.kind === 'unavailable')
  await machine.keyring.restart()
  await delay(0)
  await machine.run('vault.retry', {})
  await expectMembers(scene, users, 'a start with a locked keychain')
}
