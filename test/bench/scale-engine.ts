import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createHttp } from '../../engine/discourse/http.ts'
import { createEngine, type Engine } from '../../engine/engine.ts'
import { systemClock } from '../../engine/ports/clock.ts'
import { systemRandom } from '../../engine/ports/random.ts'
import { createLanguage } from '../../engine/preferences/language.ts'
import { settingsName } from '../../engine/storage/profile.ts'
import type { SavedAccount } from '../../engine/storage/saved-state.ts'
import { noSecrets } from '../../engine/storage/secrets.ts'
import { openFileStore, openSettingsFile } from '../../engine/storage/settings-file.ts'
import { openStateFiles } from '../../engine/storage/state-files.ts'
import { createVault } from '../../engine/storage/vault.ts'
import { tuneV8 } from '../../headless/service/tune-v8.ts'
import { createMemoryKeychain } from '../rig/memory-keychain.ts'
import { measureProcess } from './measure-process.ts'
import type { BenchAccount } from './scale-messages.ts'

// The engine alone in a process, as the shells host it: `node --expose-gc bench-scale-engine.js <seconds>`. Its parent sends
// the accounts; it sends its figures back when it has run steadily for so long.

const item = 'profile bench'
/** Time to settle after the last account has gone live, in milliseconds. */
const settling = 20_000

const savedAccount = ({ base, username, userId }: BenchAccount, index: number): SavedAccount => ({
  id: `account${index}`,
  site: { base, host: new URL(base).host, title: `Forum ${index}`, color: null },
  username,
  userId,
  clientId: `client${index}`,
  scopes: ['notifications', 'session_info'],
  apiVersion: 4,
  approvedAt: Date.now(),
  expiresAt: null,
  refused: false,
  revoking: false,
})

const startEngine = async (folder: string, accounts: readonly BenchAccount[]): Promise<Engine> => {
  const file = path.join(folder, `${settingsName}.json`)
  writeFileSync(file, JSON.stringify({ version: 1, accounts: accounts.map(savedAccount), attempts: [] }))
  const keychain = createMemoryKeychain()
  const keys = Object.fromEntries(accounts.map(({ key }, index) => [`account${index}`, key]))
  keychain.items.set(item, JSON.stringify({ ...noSecrets(), keys }))
  const http = createHttp({ userAgent: 'DiscourseNotifier/bench' })
  const engine = createEngine({
    storage: {
      settings: openSettingsFile(file, openFileStore, Date.now()),
      files: openStateFiles(path.join(folder, 'state')),
      vault: createVault({ openKeychain: async () => keychain, item, sessionAgreed: false, clock: systemClock }),
    },
    network: { http, setNetwork: http.setNetwork },
    desktop: {
      showNotification: async () => ({ kind: 'shown' }),
      defaultMethod: () => 'paste',
      openUrl: () => undefined,
    },
    system: { clock: systemClock, random: systemRandom },
    language: createLanguage(() => []),
    appVersion: 'bench',
    interval: 60_000,
  })
  engine.setPresence({ user: 'active' })
  await engine.start()
  return engine
}

const liveAccounts = (engine: Engine): number => engine.snapshot().accounts.filter(({ isLive }) => isLive).length

const run = async (accounts: readonly BenchAccount[]): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'notifier-bench-'))
  const engine = await startEngine(folder, accounts)
  // Accounts start a quarter of a second apart; some may have no live channel at any given moment.
  await delay(accounts.length * 250 + settling)
  const figures = await measureProcess(() => liveAccounts(engine), accounts.length, Number(process.argv[2]))
  await engine.stop()
  rmSync(folder, { recursive: true })
  process.send?.(figures)
  process.disconnect?.()
}

tuneV8()
process.once('message', (accounts: readonly BenchAccount[]) => void run(accounts))
