import { describe, expect, it } from 'vitest'
import { account, attempt, counts, meta, now, snapshot } from '../../common/testing/samples.ts'
import { crowdedAccounts } from '../../test/e2e/crowded-forums.ts'
import { textWidth } from '../command-line/terminal.ts'
import { statusJson, statusLines } from './status.ts'

const lines = (some: Parameters<typeof snapshot>[0], width = Number.POSITIVE_INFINITY): readonly string[] =>
  statusLines(snapshot(some), now, width, false)

describe('a pending sign-in', () => {
  it('is shown with its forum, with what it waits for, and with what finishes or cancels it', () => {
    expect(lines({ attempts: [attempt()] })).toEqual([
      'Pending sign-ins:',
      `${meta.title}  ${meta.host}  waiting for your approval`,
      '  To finish or cancel: discourse-notifier open',
    ])
  })

  it('follows the accounts, whose lines stay as they are', () => {
    const accounts = [account()]
    const shown = lines({ accounts, attempts: [attempt({ state: { kind: 'checking' } })] })
    expect(shown.slice(0, -3)).toEqual(lines({ accounts }))
    expect(shown.at(-2)).toContain('Checking the answer')
  })

  it('keeps its state in a narrow terminal', () => {
    const [, row = ''] = lines({ attempts: [attempt({ site: { ...meta, title: 'M'.repeat(200) } })] }, 60)
    expect(row.length).toBeLessThanOrEqual(60)
    expect(row).toContain('waiting for')
  })

  it('is in the JSON', () => {
    expect(statusJson(snapshot({ attempts: [attempt()] }), now)).toEqual({
      ...{ state: 'none', unread: 0, summary: 'No forums yet', problem: null },
      accounts: [],
      quiet: { isQuiet: false, reason: null, until: null },
      pendingSignIns: [
        {
          ...{ site: meta.base, title: meta.title, account: null, state: 'waiting' },
          expiresAt: new Date(now + 581_000).toISOString(),
        },
      ],
    })
  })

  it('tells neither its code nor its id, which leads to the approval page', () => {
    const secret = attempt({ id: 'unguessable', method: 'device', methods: ['device'], userCode: 'ABCD-EFGH' })
    const attempts = [secret]
    expect(JSON.stringify(statusJson(snapshot({ attempts }), now)) + lines({ attempts })).not.toMatch(
      /unguessable|ABCD/,
    )
  })

  it.each(['expired', 'denied'] as const)('is none once it is %s', (kind) => {
    const attempts = [attempt({ state: { kind } })]
    expect(lines({ attempts })).toEqual(['No forums yet'])
    expect(statusJson(snapshot({ attempts }), now).pendingSignIns).toEqual([])
  })
})

describe('many accounts, half of them in trouble', () => {
  it('begin with how many are new and how many are in which trouble', () => {
    const [first] = lines({ accounts: crowdedAccounts })
    expect(first).toBe('1,213 new on 4 forums · 4 need you · 1 not reachable · 4 not up to date · 1 rate limited')
    expect(lines({ accounts: [account()] })[0]).toBe('Nothing new')
  })

  it('are in the order of the home: those that need their user, others in trouble, the rest as the user has them', () => {
    const titles = lines({ accounts: crowdedAccounts })
      .slice(1)
      .filter((line) => !line.startsWith(' '))
    expect(titles.map((line) => line.split('  ')[0])).toEqual([
      ...['Old Forum', 'Fedora', 'Ubuntu', 'Blender'],
      ...['Donaudampfschifffahrtsgesellschaftskapitäne', 'K', 'Home Assistant', 'OpenStreetMap', 'Obsidian', 'Swift'],
      ...crowdedAccounts.filter(({ state }) => state.kind === 'fresh').map(({ site }) => site.title),
    ])
  })

  it.each([40, 80, 200])('keep to a terminal of %d columns, with what is wrong below its account', (width) => {
    const shown = lines({ accounts: crowdedAccounts, attempts: [attempt()] }, width)
    // What is written without a space, such as an address, stays whole.
    for (const line of shown.filter((one) => one.trim().includes(' ')))
      expect(textWidth(line)).toBeLessThanOrEqual(width)
    const row = shown.findIndex((line) => line.startsWith('Obsidian'))
    const below = shown.slice(row + 1).findIndex((line) => !line.startsWith('  '))
    expect(
      shown
        .slice(row + 1, row + 1 + below)
        .map((line) => line.slice(2))
        .join(' '),
    ).toMatch(/^forum14\.example now sends .* automatically\.$/)
  })
})

it('a keychain that does not answer is said, not only told by the exit status', () => {
  const vault = {
    kind: 'unavailable',
    failure: { code: 'keychain_unavailable', params: { reason: 'no D-Bus' } },
  } as const
  expect(lines({ vault })[1]).toMatch(/^No keychain answers on this computer, .* \(no D-Bus\)\./)
  expect(statusJson(snapshot({ vault }), now).problem).toBe(lines({ vault })[1])
})

it('the JSON begins with one word for the whole state, the number that the badge has, and a sentence', () => {
  const accounts = [account({ counts: counts({ notifications: 2, messages: 1 }) })]
  expect(statusJson(snapshot({ accounts }), now)).toMatchObject({
    ...{ state: 'unread', unread: 3, summary: '3 new on 1 forum' },
    accounts: [{ site: meta.base, counts: { total: 3 } }],
  })
})

it('the JSON says in the page’s words what is wrong with each account, and calls its state what the page shows', () => {
  const failure = { code: 'connection_refused', params: { host: meta.host } } as const
  const accounts = [account({ state: { kind: 'stale', since: now, failure } }), account({ id: 'account-2' })]
  const problem = 'The connection was refused. Trying again automatically.'
  expect(statusJson(snapshot({ accounts }), now).accounts).toMatchObject([
    { state: 'offline', problem },
    { state: 'fresh', problem: null },
  ])
  expect(lines({ accounts })).toContain(`  ${problem}`)
})
