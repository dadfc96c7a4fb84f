import { release } from 'node:os'
import type { CommandInput } from '../../common/contract/commands.ts'
import type {
  DesktopFact,
  DiagnosisFolder,
  DiagnosisReport,
  DiagnosisStep,
  DiagnosisStepName,
} from '../../common/contract/diagnosis.ts'
import { type Failure, fail, ok, type Result } from '../../common/contract/failure.ts'
import type { Account } from '../account.ts'
import type { Model } from '../model.ts'
import type { Policy } from '../policy/policy.ts'
import type { Random } from '../ports/random.ts'
import type { CrashDumps } from '../storage/crash-dumps.ts'
import type { Vault } from '../storage/vault.ts'
import type { Sync } from '../sync/sync.ts'
import { diagnoseSite } from './diagnose-site.ts'

/**
 * What the program can say when something is wrong. Asking changes nothing, except that a key may turn out to be valid
 * again.
 */
export interface Diagnosis {
  /** Failures: `account_unknown`. What is wrong with the forum is in the steps. */
  site(input: CommandInput<'diagnose.site'>): Promise<Result<readonly DiagnosisStep[]>>
  report(): DiagnosisReport
  /** Failure: `folder_not_opened`. */
  openFolder(folder: DiagnosisFolder): Promise<Result<null>>
}

export interface DiagnosisOptions {
  readonly model: Model
  readonly vault: Vault
  readonly sync: Sync
  readonly random: Random
  readonly defaultMethod: () => 'redirect' | 'paste'
  readonly policy: Policy
  readonly logFolder: string | undefined
  readonly crashes: CrashDumps | undefined
  /** Shows a folder to the user; resolves to whether something could. */
  readonly openFolder: ((folder: string) => Promise<boolean>) | undefined
  readonly desktopFacts: () => readonly DesktopFact[]
}

export const createDiagnosis = (options: DiagnosisOptions): Diagnosis => {
  const { model, vault, sync, random, defaultMethod, policy, logFolder, crashes, openFolder, desktopFacts } = options

  /** The account's key, or why there is none to ask with. */
  const keyOf = ({ id, site, revoking }: Account): string | Failure => {
    const secrets = vault.secrets()
    const params = { host: site.host }
    if (secrets === undefined) return { code: 'keychain_locked' }
    if (revoking) return { code: 'access_refused', params }
    return secrets.keys[id] ?? { code: 'key_missing', params }
  }

  return {
    site: async (input) => {
      const account = 'account' in input ? model.account(input.account) : undefined
      if ('account' in input && account === undefined) return fail('account_unknown', { account: input.account })
      const own = account && { account, keyed: sync.keyedHttp(account.id), key: keyOf(account) }
      const steps = await diagnoseSite({
        address: 'address' in input ? input.address : (account?.site.base ?? ''),
        open: sync.openHttp,
        random,
        publicKey: vault.secrets()?.keypair?.publicKey,
        defaultMethod: defaultMethod(),
        ...(own === undefined ? {} : { own }),
      })
      // A suspension may have been lifted, or a revocation undone (protocol.md 14.8): then the account recovers by
      // itself.
      if (account?.refused === true && hasPassed(steps, 'key')) void sync.refresh(account.id)
      return ok(steps)
    },
    report: () => {
      const { electron, node } = process.versions
      return {
        platform: `${process.platform} ${release()} ${process.arch}`,
        runtime: electron === undefined ? `Node ${node}` : `Electron ${electron}`,
        log: logFolder ?? null,
        crashes: crashes === undefined ? null : { folder: crashes.folder, count: crashes.count() },
        policy: policyReport(policy),
        desktop: desktopFacts(),
        accounts: model.accounts().map(({ id }) => ({ account: id, ...sync.usageOf(id) })),
      }
    },
    openFolder: async (name) => {
      const folder = name === 'log' ? logFolder : crashes?.folder
      const isOpened = folder !== undefined && (await openFolder?.(folder)) === true
      return isOpened ? ok(null) : fail('folder_not_opened', { path: folder ?? '–' })
    },
  }
}

const hasPassed = (steps: readonly DiagnosisStep[], name: DiagnosisStepName): boolean =>
  steps.some((step) => step.name === name && step.outcome === 'ok')

const policyReport = ({ file, sites, proxy, mayUpdate, failures }: Policy): DiagnosisReport['policy'] =>
  file === null ? null : { file, sites: sites.length, proxy: proxy?.kind ?? null, mayUpdate, failures }
