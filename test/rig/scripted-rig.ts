import type * as v from 'valibot'
import type { savedStateSchema } from '../../engine/storage/saved-state.ts'
import { noSecrets, type Secrets } from '../../engine/storage/secrets.ts'
import { type EngineRig, type RigOptions, rigItem, startEngineRig } from './engine-rig.ts'
import type { FakeClock } from './fake-clock.ts'
import { passTime } from './fake-clock.ts'
import { createMemoryFiles } from './memory-files.ts'
import { createMemoryKeychain } from './memory-keychain.ts'
import { createScriptedForum, type ScriptedForum } from './scripted-forum.ts'
import { seededRandom } from './seeded-random.ts'

// The whole engine with one account on a forum in memory, for hours and days that pass in seconds.

const state: v.InferInput<typeof savedStateSchema> = {
  version: 1,
  attempts: [],
  accounts: [
    {
      id: 'one',
      site: { base: 'https://forum.example', host: 'forum.example', title: 'Scripted', color: null },
      username: 'eve',
      userId: 7,
      clientId: 'c',
      scopes: ['notifications', 'session_info'],
      apiVersion: 4,
      approvedAt: 0,
      expiresAt: null,
      refused: false,
      revoking: false,
    },
  ],
}
const secrets: Secrets = { ...noSecrets(), keys: { one: 'k' } }

export interface ScriptedRig {
  readonly forum: ScriptedForum
  readonly rig: EngineRig
  /** Lets time pass; everything in memory follows within one turn of the event loop. */
  pass(milliseconds: number): Promise<void>
}

export const startScriptedRig = async (
  clock: FakeClock,
  seed: number,
  options: Pick<RigOptions, 'isPresenceKnown'> = {},
): Promise<ScriptedRig> => {
  const random = seededRandom(seed)
  const forum = createScriptedForum(clock, random)
  const keychain = createMemoryKeychain()
  keychain.items.set(rigItem, JSON.stringify(secrets))
  const inMemory = { keychain, http: forum.http, files: createMemoryFiles(), settings: JSON.stringify(state) }
  const rig = await startEngineRig({ clock, random, ...inMemory, ...options })
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return { forum, rig, pass: (milliseconds) => passTime(clock, milliseconds, settle) }
}

/** The most that lay in any window of this length, as forums count (protocol.md 4.3). */
export const mostWithin = (times: readonly number[], period: number): number => {
  let most = 0
  let first = 0
  for (const [index, at] of times.entries()) {
    while (at - (times[first] ?? at) >= period) first += 1
    most = Math.max(most, index - first + 1)
  }
  return most
}
