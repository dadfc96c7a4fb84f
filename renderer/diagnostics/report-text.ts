import type { DiagnosisReport, DiagnosisStep } from '../../common/contract/diagnosis.ts'
import type { Failure } from '../../common/contract/failure.ts'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'

/** The last test: of which address, and what it found. */
export interface SiteTest {
  /** What is shown of the address. */
  readonly host: string
  readonly steps: readonly DiagnosisStep[]
}

/**
 * A report for who helps, in the words of the program, which need no translation. It names forums by their addresses and
 * users by their first letter; of failures it has the code, the host and numbers, for other parameters may name users
 * and files.
 */
export const reportText = (snapshot: Snapshot, report: DiagnosisReport, test: SiteTest | null): string => {
  const { appVersion, vault, notices, accounts, quiet, preferences, linkOwner } = snapshot
  const { network, alerts } = preferences
  const lines = [
    `Discourse Notifier ${appVersion}`,
    `system: ${report.platform}, ${report.runtime}`,
    `desktop: ${report.desktop.join(' ') || 'in order'}; links: ${linkOwner?.kind ?? 'unknown'}`,
    `vault: ${vault.kind}${vault.kind === 'unavailable' ? `, ${failureWords(vault.failure)}` : ''}`,
    ...(report.crashes === null ? [] : [`crashes: ${report.crashes.count}`]),
    ...policyLines(report.policy),
    `quiet: ${quiet.reason ?? 'no'}; alerts: ${alerts.level}`,
    `proxy: ${network.proxy.kind}; certificate files: ${network.certificates.length}`,
    ...notices.map(({ failure, at }) => `notice: ${failureWords(failure)}, ${new Date(at).toISOString()}`),
    ...accounts.flatMap((account) => accountLines(account, report)),
    ...(test === null
      ? []
      : [`test of ${test.host}`, ...test.steps.map((step) => `  ${step.name}: ${stepWords(step)}`)]),
  ]
  return `${lines.join('\n')}\n`
}

const policyLines = (policy: DiagnosisReport['policy']): readonly string[] =>
  policy === null
    ? []
    : [
        `policy: sites ${policy.sites}; proxy ${policy.proxy ?? 'free'}; updates ${policy.mayUpdate ? 'yes' : 'no'}; ` +
          `not followed ${policy.failures.length}`,
      ]

const accountLines = (account: AccountView, report: DiagnosisReport): readonly string[] => {
  const { id, site, username, state, isLive, checkedAt, counts, scopes, apiVersion } = account
  const usage = report.accounts.find((one) => one.account === id)
  const failure = 'failure' in state && state.failure !== null ? `, ${failureWords(state.failure)}` : ''
  const checked = checkedAt === null ? 'never' : new Date(checkedAt).toISOString()
  const until = usage?.blockedUntil ?? null
  return [
    `account: ${site.host}, ${initial(username)}`,
    `  state: ${state.kind}${failure}; live: ${isLive ? 'yes' : 'no'}; checked: ${checked}`,
    `  total: ${counts?.total ?? 'unknown'}; version for apps: ${apiVersion}; scopes: ${scopes.join(' ')}`,
    ...(usage === undefined
      ? []
      : [
          `  requests: ${usage.requestsToday} of ${usage.requestsADay}` +
            (until === null ? '' : `; blocked until ${new Date(until).toISOString()}`) +
            `; channel: ${usage.channel ?? 'none'}`,
        ]),
  ]
}

const initial = (username: string): string => `${[...username][0] ?? ''}…`

const tellable: ReadonlySet<string> = new Set(['host', 'status', 'seconds', 'version', 'count'])

const failureWords = ({ code, params = {} }: Failure): string =>
  [
    code,
    ...Object.entries(params)
      .filter(([name]) => tellable.has(name))
      .map(([name, value]) => `${name}=${value}`),
  ].join(' ')

const stepWords = (step: DiagnosisStep): string => {
  if (step.outcome === 'failed') return `failed, ${failureWords(step.failure)}`
  if (step.outcome === 'skipped') return 'skipped'
  switch (step.fact?.kind) {
    case 'apiVersion':
      return `ok, version ${step.fact.version}`
    case 'methods':
      return `ok, ${step.fact.methods.join(' ')}`
    case 'total':
    case 'totalInSession':
      return `ok, ${step.fact.total}`
    default:
      return 'ok'
  }
}
