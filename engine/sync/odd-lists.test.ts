import { expect, it } from 'vitest'
import type { EngineRig } from '../../test/rig/engine-rig.ts'
import { notify, setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { createHttp, type HttpStack } from '../discourse/http.ts'

// Lists as no forum should send them, or changed by a plugin or a proxy: rows are shown as far as they can be read, and each
// is told once. Over real HTTP, on one fake clock for engine and forum.

const { forumOf, rigOf } = setUpRigs()

const minute = 60_000

type Row = Readonly<Record<string, unknown>>
type Change = (rows: readonly Row[]) => unknown

/** The real HTTP stack, and what changes the rows of the lists that it receives from then on; undefined for nothing. */
const changeLists = () => {
  const stack = createHttp({ userAgent: 'DiscourseNotifier/test', deadline: 60_000 })
  let change: Change | undefined
  const http: HttpStack = {
    ...stack,
    send: async (request) => {
      const answer = await stack.send(request)
      if (!answer.ok || change === undefined || new URL(request.url).pathname !== '/notifications.json') return answer
      const { notifications, ...rest } = JSON.parse(answer.value.text)
      const text = JSON.stringify({ ...rest, notifications: change(notifications) })
      return { ok: true, value: { ...answer.value, bytes: Buffer.from(text), text } }
    },
  }
  const set = (next: Change | undefined): void => {
    change = next
  }
  return { http, set }
}

const start = async (options: Parameters<typeof forumOf>[0] = {}) => {
  const forum = await forumOf(options)
  const lists = changeLists()
  const rig = await rigOf({ http: lists.http })
  await rig.connect(forum, 'eve')
  const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
  await pass(minute)
  const refresh = async () => {
    await rig.run('account.refresh', {})
    await pass(20_000)
  }
  const shown = () => rig.engine.snapshot().accounts[0]?.items?.map(({ id }) => id)
  const rows = () => forum.rows('eve').map(({ id }) => id)
  return { forum, rig, pass, lists, refresh, shown, rows }
}

const topics = (rig: EngineRig) => rig.alerts.map(({ body }) => /“(.*)”/.exec(body)?.[1])

it.each<[string, Change]>([
  ['in reverse order', (rows) => rows.toReversed()],
  ['each twice', (rows) => rows.flatMap((row) => [row, row])],
  ['each twice, first as read', (rows) => rows.flatMap((row) => [{ ...row, read: true }, row])],
  ['without slugs', (rows) => rows.map((row) => ({ ...row, slug: null }))],
  ['with ids as text', (rows) => rows.map((row) => ({ ...row, id: String(row['id']) }))],
  ['among what are no rows', (rows) => [null, 7, 'x', [], {}, ...rows, { id: 'x' }, { id: -1 }]],
  ['of types that nobody knows', (rows) => rows.map((row) => ({ ...row, notification_type: 99_999 }))],
])('rows %s are shown, and told once', async (_, change) => {
  // On the live channel a row would have another type than in the list.
  const { forum, rig, pass, lists, refresh, shown, rows } = await start({ settings: { longPolling: false } })
  lists.set(change)
  for (const topic of ['One', 'Two', 'Three']) {
    notify(forum, topic)
    await refresh()
    await refresh()
  }
  await rig.restart()
  await pass(minute)
  expect(shown()).toEqual(rows())
  expect(topics(rig)).toEqual(['One', 'Two', 'Three'])
})

it.each<[string, Change]>([
  ['rows without times', (rows) => rows.map(({ created_at: _, ...row }) => row)],
  ['rows of negative types', (rows) => rows.map((row) => ({ ...row, notification_type: -5 }))],
  ['rows of the type null', (rows) => rows.map((row) => ({ ...row, notification_type: null }))],
  ['rows with times that are none', (rows) => rows.map((row) => ({ ...row, created_at: 'yesterday' }))],
  ['null', () => null],
  ['a text', () => ''],
  ['nothing', () => undefined],
])('a list that holds %s for a while makes nothing untold, and nothing told twice', async (_, change) => {
  const { forum, rig, pass, lists, refresh, shown, rows } = await start()
  notify(forum, 'One')
  await pass(5000)
  lists.set(change)
  await refresh()
  notify(forum, 'Two')
  await pass(5 * minute)
  lists.set(undefined)
  await refresh()
  expect(shown()).toEqual(rows())
  expect(topics(rig)).toEqual(['One', 'Two'])
})
