import { describe, expect, it } from 'vitest'
import { type EngineRig, expectOk } from '../../test/rig/engine-rig.ts'
import { alertBodies as bodies, notify, setUpRigs } from '../../test/rig/set-up-rigs.ts'

// What forums do to their rows (protocol.md 14.1 to 14.4), and where news could be lost or told twice; over real HTTP, on
// one fake clock for engine and forums.

const { forumOf, rigOf, connected: start } = setUpRigs()

const minute = 60_000
const polling = { settings: { longPolling: false } }

const shownRows = (rig: EngineRig) =>
  rig.engine.snapshot().accounts[0]?.items?.map(({ title, count, read }) => [title, count, read])

describe('rows are those of the forum', () => {
  it.each([
    ['with the live channel', {}],
    ['asking', polling],
  ])('when it destroys them, %s', async (_, options) => {
    const { forum, rig, pass } = await start(options)
    const one = notify(forum, 'One')
    notify(forum, 'Two')
    await pass(15 * minute)
    forum.markRead('eve', one.id)
    await pass(15 * minute)
    forum.destroyNotifications('eve', [one.id])
    await pass(15 * minute)
    expect(shownRows(rig)).toEqual([['Two', null, false]])
  })

  it('when a topic takes its rows along, which no channel tells and a refresh finds out', async () => {
    const { forum, rig, pass } = await start()
    const { topicId } = notify(forum, 'One')
    notify(forum, 'Two')
    await pass(minute)
    forum.deleteTopic(topicId ?? 0)
    expectOk(await rig.run('account.refresh', {}))
    expect(shownRows(rig)).toEqual([['Two', null, false]])
  })

  it.each(['all accounts', 'one account'])(
    'when rows are gone that were read, which no number shows and a refresh of %s finds out',
    async (which) => {
      const { forum, rig, id, pass } = await start()
      const { topicId } = notify(forum, 'One')
      notify(forum, 'Two')
      await pass(minute)
      expectOk(await rig.run('account.readAll', { account: id }))
      await pass(minute)
      forum.deleteTopic(topicId ?? 0)
      expectOk(await rig.run('account.refresh', which === 'one account' ? { account: id } : {}))
      expect(shownRows(rig)).toEqual([['Two', null, true]])
    },
  )

  it('when as much was read as came while the channel was silent', async () => {
    const { forum, rig, pass } = await start({ settings: { chatEnabled: true } })
    forum.chatMessage({ user: 'eve', from: 'alice', channel: 'General', mention: 'eve' })
    await pass(minute)
    forum.readChat('eve')
    await pass(16 * minute)
    expect(rig.engine.snapshot().accounts[0]?.items?.map(({ read }) => read)).toEqual([true])
  })
})

describe('news is a difference', () => {
  it('of rows that grow: single likes become one row, which counts on', async () => {
    const { forum, rig, pass } = await start()
    for (const title of ['A', 'B', 'C', 'D', 'E', 'F']) {
      notify(forum, title, 'liked')
      await pass(20_000)
    }
    expect(bodies(rig)).toEqual([
      ...['A', 'B', 'C'].map((title) => `alice liked your post in “${title}”`),
      ...[4, 5, 6].map((count) => `alice liked ${count} of your posts`),
    ])
    expect(shownRows(rig)).toHaveLength(1)
  })

  it.each([
    ['with the live channel', {}],
    ['asking', { longPolling: false }],
  ])('of a watched chat thread that becomes unread again (case c03), %s', async (_, settings) => {
    const { forum, rig, pass } = await start({ settings: { chatEnabled: true, ...settings } })
    const write = (text: string) =>
      forum.chatMessage({ user: 'eve', from: 'tilda', channel: 'Lunch', watchedThread: 12, text })
    write('Soup?')
    await pass(15 * minute)
    forum.markRead('eve', 'all')
    await pass(15 * minute)
    write('Or bread?')
    await pass(15 * minute)
    write('Or both?')
    await pass(15 * minute)
    expect(rig.alerts).toHaveLength(3)
    expect(rig.engine.snapshot().accounts[0]?.items).toHaveLength(1)
  })

  it('of several replies that became one row', async () => {
    const { forum, rig, pass } = await start()
    for (const postNumber of [2, 3, 4]) {
      forum.notify({ user: 'eve', type: 'replied', from: 'alice', topicTitle: 'Cats', postNumber })
      await pass(minute)
    }
    expect(rig.alerts).toHaveLength(3)
    expect(shownRows(rig)).toEqual([['Cats', 3, false]])
  })

  it('of ids that a restore has put back', async () => {
    const { forum, rig, pass } = await start()
    notify(forum, 'One')
    await pass(minute)
    forum.takeBackup()
    notify(forum, 'Lost')
    await pass(minute)
    forum.restoreBackup()
    await pass(minute)
    notify(forum, 'Two')
    await pass(16 * minute)
    expect(bodies(rig)).toEqual(['One', 'Lost', 'Two'].map((title) => `alice mentioned you in “${title}”`))
    expect(shownRows(rig)?.map(([title]) => title)).toEqual(['Two', 'One'])
  })

  it('and not an older unread row that slides into a list of fifty', async () => {
    const { forum, rig, pass } = await start(polling)
    for (let old = 0; old < 60; old++) notify(forum, `Topic ${old}`)
    await pass(15 * minute)
    expect(rig.alerts).toHaveLength(1)
    const rows = rig.engine.snapshot().accounts[0]?.items ?? []
    expect(rows).toHaveLength(50)
    for (const { id } of rows.slice(0, 5)) forum.markRead('eve', id)
    await pass(15 * minute)
    expect(rig.alerts).toHaveLength(1)
  })
})

describe('a list that ends before the news does', () => {
  it('is told as at least so many (case c19)', async () => {
    const { forum, rig, pass } = await start(polling)
    await pass(minute)
    for (let each = 0; each < 130; each++) notify(forum, `Topic ${each}`)
    await pass(2 * minute)
    // The forum counts no further.
    expect(bodies(rig)).toEqual(['At least 99 new notifications'])
  })

  it('is told as at least so many where the channel has told more than is kept', async () => {
    const { forum, rig, pass } = await start()
    for (let each = 0; each < 130; each++) notify(forum, `Topic ${each}`)
    await pass(2 * minute)
    const counts = bodies(rig).map((body) => Number(/\d+/.exec(body ?? '')?.[0] ?? 1))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(99)
    expect(bodies(rig)).toContainEqual(expect.stringMatching(/^At least \d+ new notifications$/))
  })
})

describe('nothing is lost at the edges', () => {
  it.each([
    ['with the live channel', {}],
    ['asking', polling],
  ])('when the list fails for fourteen seconds after signing in, %s', async (_, options) => {
    const forum = await forumOf(options)
    notify(forum, 'Before')
    const rig = await rigOf()
    forum.fault({ kind: 'error-page', status: 502, path: '/notifications.json' })
    await rig.connect(forum, 'eve')
    await rig.pass(7000, [forum])
    notify(forum, 'After')
    await rig.pass(7000, [forum])
    forum.clearFaults()
    await rig.pass(3 * minute, [forum])
    expect(bodies(rig)).toEqual(['alice mentioned you in “After”'])
  })

  it('when something happens right after connecting, on a forum with several accounts', async () => {
    const names = ['ann', 'bea', 'cat', 'dot', 'eve', 'fay', 'gil', 'hal']
    const forum = await forumOf({ users: names.map((username) => ({ username })) })
    const rig = await rigOf()
    for (const name of names) {
      await rig.connect(forum, name)
      notify(forum, `For ${name}`, 'mentioned', name)
      await rig.pass(12_000, [forum])
    }
    await rig.pass(2 * minute, [forum])
    expect(bodies(rig).toSorted()).toEqual(names.map((name) => `alice mentioned you in “For ${name}”`))
  })

  it('when the program ends in the middle of showing: the rest follows, and nothing twice', async () => {
    const shown: string[] = []
    const { forum, rig, pass } = await start(polling, { alerted: () => void shown.push('') })
    for (const title of ['One', 'Two', 'Three']) notify(forum, title)
    await pass(70_000)
    await rig.restart()
    await pass(2 * minute)
    expect(new Set(bodies(rig)).size).toBe(rig.alerts.length)
    expect(rig.alerts).toHaveLength(3)
  })
})

describe('an alert', () => {
  it('is replaced by one with the words of the post where they come late and the desktop can do that', async () => {
    const outcome = { kind: 'shown', canReplace: true } as const
    const { forum, rig, pass } = await start({ settings: { alertDelays: [413] } }, { outcome })
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: 'One', excerpt: 'Look' })
    await pass(2000)
    expect(rig.alerts.map(({ tag, body, silent, onlyReplaces }) => ({ tag, body, silent, onlyReplaces }))).toEqual([
      { tag: rig.alerts[0]?.tag, body: 'alice mentioned you in “One”', silent: false, onlyReplaces: undefined },
      { tag: rig.alerts[0]?.tag, body: 'alice mentioned you in “One”\nLook', silent: true, onlyReplaces: true },
    ])
  })

  it('is left alone where the desktop cannot, and the inbox has the words', async () => {
    const { forum, rig, pass } = await start({ settings: { alertDelays: [413] } })
    forum.notify({ user: 'eve', type: 'mentioned', from: 'alice', topicTitle: 'One', excerpt: 'Look' })
    await pass(2000)
    expect(rig.alerts.map(({ body }) => body)).toEqual(['alice mentioned you in “One”'])
    expect(rig.engine.snapshot().accounts[0]?.items).toMatchObject([{ excerpt: 'Look' }])
  })
})
