import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { fc } from '../../test/rig/properties.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'

const { forumOf, rigOf } = setUpRigs()

const exported = async (rig: EngineRig): Promise<string> => expectOk(await rig.run('settings.export', {})).text
const preferencesOf = (rig: EngineRig) => rig.engine.snapshot().preferences
const file = (some: object = {}): string =>
  JSON.stringify({ kind: 'discourse-notifier-settings', version: 1, preferences: {}, accounts: [], ...some })

/** Choices of every kind, about the first account as well. */
const choose = async (rig: EngineRig, id: string): Promise<void> => {
  const hours = [{ days: [1, 2], from: '22:00', to: '07:00' }]
  const account = { level: 'messages' as const, mutedTopics: [7], kinds: { liked: 'never' as const } }
  const change = { alerts: { mostAtOnce: 9 }, quiet: { hours }, appearance: { theme: 'dark' as const } }
  expectOk(await rig.run('preferences.change', { ...change, accounts: { [id]: account } }))
  expectOk(await rig.run('quiet.pause', { for: 'open' }))
}

describe('settings as a text', () => {
  it('hold what was chosen and who one is where, and nothing that is secret or belongs to this computer', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await choose(rig, id)
    const network = {
      proxy: { kind: 'manual' as const, url: 'http://proxy.test:1' },
      certificates: ['/home/eve/ca.pem'],
    }
    expectOk(await rig.run('preferences.change', { network }))
    const begun = expectOk(await rig.engine.begin(forum.url, 'paste'))
    const text = await exported(rig)
    expect(JSON.parse(text)).toMatchObject({
      preferences: { alerts: { mostAtOnce: 9 }, quiet: { pausedUntil: null }, appearance: { theme: 'dark' } },
      accounts: [{ address: forum.url, username: 'eve', preferences: { level: 'messages', mutedTopics: [7] } }],
    })
    expect(forum.secretsIn(text)).toEqual([])
    for (const secret of [id, begun.attempt, ...rig.keychain.items.values()]) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/proxy|ca\.pem|clientId|nonce/)
  })

  it('bring everything back where the account is, and name it where it is not', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    await choose(rig, id)
    const before = preferencesOf(rig)
    const text = await exported(rig)
    expectOk(await rig.run('settings.reset', {}))
    expect(preferencesOf(rig)).toMatchObject({ ...defaultPreferences, accounts: { [id]: { level: null } } })
    expect(rig.engine.snapshot().accounts).toHaveLength(1)
    expect(expectOk(await rig.run('settings.import', { text }))).toEqual({ missing: [] })
    // The pause was ended by the reset, and a text begins none.
    const overview = { ungrouped: [id], groups: [] }
    expect(preferencesOf(rig)).toEqual({ ...before, overview, quiet: { ...before.quiet, pausedUntil: null } })

    const other = await rigOf()
    const missing = [{ address: forum.url, username: 'eve' }]
    expect(expectOk(await other.run('settings.import', { text }))).toEqual({ missing })
    expect(preferencesOf(other)).toEqual({ ...before, accounts: {}, quiet: { ...before.quiet, pausedUntil: null } })
  })

  it('bring back order and groups by who one is where, and leave them alone when they say nothing of them', async () => {
    const forum = await forumOf({ users: [{ username: 'eve' }, { username: 'mika' }, { username: 'ada' }] })
    const rig = await rigOf()
    const [eve, mika, ada] = [
      await rig.connect(forum, 'eve'),
      await rig.connect(forum, 'mika'),
      await rig.connect(forum, 'ada'),
    ]
    const groups = [
      { id: 'g7', name: 'Empty', isFolded: true, accounts: [] },
      { id: 'g3', name: 'Work', isFolded: false, accounts: [ada, eve] },
    ]
    expectOk(await rig.run('preferences.change', { overview: { ungrouped: [mika], groups } }))
    const text = await exported(rig)
    for (const secret of [eve, mika, ada]) expect(text).not.toContain(secret)
    expectOk(await rig.run('settings.reset', {}))
    expect(preferencesOf(rig).overview, 'after a reset').toEqual({ ungrouped: [mika], groups })
    expectOk(await rig.run('preferences.change', { overview: { ungrouped: [], groups: [] } }))
    expectOk(await rig.run('settings.import', { text }))
    const { overview } = preferencesOf(rig)
    expect(overview).toEqual({
      ungrouped: [mika],
      groups: [
        { ...groups[0], id: 'group-1' },
        { ...groups[1], id: 'group-2' },
      ],
    })
    expectOk(await rig.run('settings.import', { text: `\uFEFF${file()}` }))
    expect(preferencesOf(rig).overview).toEqual(overview)

    const wrong = [{ name: '' }, 'x', { name: 'Fun', isFolded: 7 }]
    const accounts = [
      { address: forum.url, username: 'eve', group: 2 },
      { address: forum.url, username: 'ada', group: 0 },
      { address: forum.url, username: 'mika', group: '__proto__' },
    ]
    expectOk(await rig.run('settings.import', { text: file({ groups: wrong, accounts }) }))
    expect(preferencesOf(rig).overview).toEqual({
      ungrouped: [ada, mika],
      groups: [{ id: 'group-3', name: 'Fun', isFolded: false, accounts: [eve] }],
    })
  })

  it('leave a pause, the network, updates, the shortcut and the start at login as they are here', async () => {
    const rig = await rigOf()
    const shortcut = 'Ctrl+Alt+N'
    const network = { proxy: { kind: 'none' as const }, certificates: [] }
    await rig.run('preferences.change', { network, general: { openAtLogin: true, updates: 'download', shortcut } })
    await rig.run('quiet.pause', { for: 'open' })
    const foreign = {
      network: { proxy: { kind: 'manual', url: 'http://evil.test:1' }, certificates: ['//evil.test/ca.pem'] },
      general: {
        openAtLogin: false,
        refreshSeconds: 90,
        updates: 'off',
        shortcut: 'Ctrl+Q',
        singleKeys: false,
        readOnOpen: false,
      },
      quiet: { pausedUntil: 1 },
    }
    expectOk(await rig.run('settings.import', { text: file({ preferences: foreign }) }))
    const { quiet, general, network: kept } = preferencesOf(rig)
    expect([quiet.pausedUntil, general, kept]).toEqual([
      'open',
      {
        openAtLogin: true,
        openLinks: true,
        refreshSeconds: 90,
        updates: 'download',
        shortcut,
        singleKeys: false,
        readOnOpen: false,
        topicCounts: false,
      },
      network,
    ])
  })
})

describe('a text from elsewhere', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['of another kind', '{"kind":"else","version":1,"preferences":{},"accounts":[]}'],
    ['without a version', file({ version: '1' })],
    ['with accounts that are none', file({ accounts: {} })],
    ['with an address that is none', file({ accounts: [{ address: 'javascript:alert(1)', username: 'eve' }] })],
    ['with a login in an address', file({ accounts: [{ address: 'https://a:b@meta.example', username: 'eve' }] })],
    ['with markup for a name', file({ accounts: [{ address: 'https://meta.example', username: '<b>eve' }] })],
    [
      'with a name that turns the writing around',
      file({ accounts: [{ address: 'https://meta.example', username: 'e\u202eve' }] }),
    ],
    ['with too many accounts', file({ accounts: Array(1001).fill({ address: 'https://m.example', username: 'e' }) })],
  ])('is refused when it is %s, and nothing changes', async (_, text) => {
    const rig = await rigOf()
    const before = preferencesOf(rig)
    expect(await rig.run('settings.import', { text })).toMatchObject({ failure: { code: 'import_unreadable' } })
    expect(preferencesOf(rig)).toBe(before)
  })

  it('by a newer version is refused as such, and one without end before it is read', async () => {
    const rig = await rigOf()
    const newer = await rig.run('settings.import', { text: file({ version: 2, accounts: 'another shape' }) })
    expect(newer).toMatchObject({ failure: { code: 'import_newer' } })
    const endless = await rig.run('settings.import', { text: ' '.repeat(600_000) })
    expect(endless).toMatchObject({ failure: { code: 'command_invalid' } })
  })

  it('takes over no unknown name, and the default for what is wrong', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    const id = await rig.connect(forum, 'eve')
    const own =
      '{"level":"nothing","__proto__":{"sound":false},"kinds":{"liked":"never","odd":"always"},"sound":"loud"}'
    const text = file({ accounts: [{ address: forum.url, username: 'EVE', preferences: 'OWN' }] })
      .replace('"OWN"', own)
      .replace('"preferences":{}', '"preferences":{"odd":1,"alerts":{"mostAtOnce":9999,"volume":5,"odd":1}}')
    expectOk(await rig.run('settings.import', { text }))
    const { alerts, accounts, ...others } = preferencesOf(rig)
    expect(alerts).toEqual({ ...defaultPreferences.alerts, volume: 5 })
    expect(Object.keys(others).toSorted()).toEqual(['appearance', 'badge', 'general', 'network', 'overview', 'quiet'])
    expect(accounts[id]).toEqual({
      ...{ level: 'nothing', kinds: { liked: 'never' }, mutedTopics: [] },
      ...{ rules: [], sound: true, inBadge: true },
    })
  })

  it('never does anything but change settings or be refused, whatever it is', async () => {
    const rig = await rigOf()
    const any = fc.oneof(
      fc.json(),
      fc.jsonValue().map((preferences) => file({ preferences, accounts: [] })),
    )
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const result = await rig.run('settings.import', { text })
        if (!result.ok) expect(result.failure.code).toBe('import_unreadable')
        expect(rig.engine.snapshot().accounts).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
