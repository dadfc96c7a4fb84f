import { describe, expect, it } from 'vitest'
import { imagePrefix } from '../../common/contract/bridge.ts'
import { ok } from '../../common/contract/failure.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { account, notification, snapshot } from '../../common/testing/samples.ts'
import type { Forum } from '../../test/forum/forum.ts'
import { siteIcon } from '../../test/forum/site-icon.ts'
import type { EngineRig } from '../../test/rig/engine-rig.ts'
import { createFakeClock } from '../../test/rig/fake-clock.ts'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import type { Http, HttpRequest } from '../discourse/http.ts'
import { systemRandom } from '../ports/random.ts'
import { createFaces } from './faces.ts'

const { forumOf, rigOf } = setUpRigs()

const linkOf = (row: NotificationItem | undefined): string => row?.face?.slice(imagePrefix.length) ?? ''

const facesAsked = (forum: Forum) =>
  forum.requests.filter(({ path, keyed }) => path.includes('letter_avatar') && !path.includes('/96/') && !keyed)

const rowsOf = async (rig: EngineRig, count: number) => {
  const { accounts } = await rig.until((now) => now.accounts[0]?.items?.length === count)
  return accounts[0]?.items ?? []
}

describe('faces, against the simulated forum', () => {
  it('are paths of our own in a snapshot, and are fetched without a key once a page shows them', async () => {
    const users = ['eve', 'mika', 'tomas'].map((username) => ({ username }))
    const forum = await forumOf({ users, settings: { avatarsInMenus: true } })
    for (const from of ['mika', 'mika', 'tomas']) forum.notify({ user: 'eve', type: 'mentioned', from })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const rows = await rowsOf(rig, 3)
    expect(JSON.stringify(rig.engine.snapshot())).not.toContain('letter_avatar')
    const links = rows.map(linkOf)
    expect(links[0]).toMatch(/^[0-9a-f]{32}$/)
    // Two rows about one member have one picture.
    expect(new Set(links).size).toBe(2)
    expect(facesAsked(forum)).toEqual([])

    const images = await Promise.all(links.map((link) => rig.engine.image(link)))
    expect(images.map((image) => image?.type)).toEqual(['image/png', 'image/png', 'image/png'])
    await rig.engine.image(links[0] ?? '')
    expect(facesAsked(forum).map(({ path }) => path)).toEqual([
      '/letter_avatar/tomas/48/1.png',
      '/letter_avatar/mika/48/1.png',
    ])
  })

  it('are known again after a restart, under other links', async () => {
    const forum = await forumOf({
      users: [{ username: 'eve' }, { username: 'mika' }],
      settings: { avatarsInMenus: true },
    })
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    const [row] = await rowsOf(rig, 1)
    await rig.restart()
    const [again] = await rowsOf(rig, 1)
    // Links are of one run of the program; the row that was kept still knows its picture.
    expect(linkOf(again)).toMatch(/^[0-9a-f]{32}$/)
    expect(linkOf(again)).not.toBe(linkOf(row))
  })

  it('are none where a forum shows none in its menus', async () => {
    const forum = await forumOf()
    forum.notify({ user: 'eve', type: 'mentioned' })
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    expect((await rowsOf(rig, 1))[0]).not.toHaveProperty('face')
  })
})

const png = siteIcon('336699', 4)

/** Faces over a network that answers each request with a picture, or as told. */
const facesWith = (templates: readonly string[], bytes: () => Buffer | undefined = () => png) => {
  const clock = createFakeClock()
  const asked: HttpRequest[] = []
  const http: Http = {
    send: async (request) => {
      asked.push(request)
      const body = bytes()
      return ok({ status: body === undefined ? 404 : 200, headers: new Map(), bytes: body ?? Buffer.of(), text: '' })
    },
    close: async () => undefined,
  }
  const items = templates.map((avatarTemplate, id) => notification({ id, avatarTemplate }))
  const faces = createFaces({ model: { snapshot: () => shown }, clock, random: systemRandom, http })
  const rows = faces.shown('https://meta.example', items)
  const shown = snapshot({ accounts: [account()] })
  Object.assign(shown.accounts[0] ?? {}, { items: rows })
  return { faces, asked, items, rows, clock }
}

describe('faces', () => {
  it.each([
    'https://10.0.0.1/{size}.png',
    'https://router/{size}.png',
    'http://cdn.example/{size}.png',
    'file:///etc/{size}',
  ])('are never fetched from %s', async (template) => {
    const { faces, asked, rows } = facesWith([template])
    expect(await faces.image(linkOf(rows[0]))).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('from elsewhere must be on the public net, and no larger than a face is', async () => {
    const { faces, asked, rows } = facesWith(['//cdn.example/{size}.png'])
    expect(await faces.image(linkOf(rows[0]))).toBeDefined()
    const url = 'https://cdn.example/48.png'
    const headers = { accept: 'image/png, image/jpeg, image/gif, image/webp' }
    expect(asked).toEqual([{ method: 'GET', url, headers, largestAnswer: 50_000, publicOnly: true }])
  })

  it('that no row has cannot be fetched', async () => {
    const { faces, asked } = facesWith(['/{size}.png'])
    expect(await faces.image('0'.repeat(32))).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('that could not be fetched are asked for again ten minutes later', async () => {
    let isThere = false
    const { faces, asked, rows, clock } = facesWith(['/{size}.png'], () => (isThere ? png : undefined))
    const link = linkOf(rows[0])
    expect(await faces.image(link)).toBeUndefined()
    isThere = true
    clock.advance(599_000)
    expect(await faces.image(link)).toBeUndefined()
    expect(asked).toHaveLength(1)
    clock.advance(1000)
    expect(await faces.image(link)).toBeDefined()
  })

  it('that could not be fetched are asked for again on time when the clock has been set back', async () => {
    let isThere = false
    const { faces, rows, clock } = facesWith(['/{size}.png'], () => (isThere ? png : undefined))
    expect(await faces.image(linkOf(rows[0]))).toBeUndefined()
    isThere = true
    clock.set(-365 * 24 * 3_600_000)
    clock.advance(600_000)
    expect(await faces.image(linkOf(rows[0]))).toBeDefined()
  })

  it('are fetched three at a time', async () => {
    const { faces, asked, rows } = facesWith(Array.from({ length: 9 }, (_, index) => `/${index}/{size}.png`))
    const all = Promise.all(rows.map((row) => faces.image(linkOf(row))))
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(await all).toHaveLength(9)
    expect(asked).toHaveLength(9)
  })

  it('are kept up to a number; the one that was unused for longest goes', async () => {
    const { faces, asked, rows } = facesWith(Array.from({ length: 502 }, (_, index) => `/${index}/{size}.png`))
    for (const row of rows.slice(0, 500)) await faces.image(linkOf(row))
    await faces.image(linkOf(rows[0]))
    for (const row of rows.slice(500)) await faces.image(linkOf(row))
    expect(asked).toHaveLength(502)
    await faces.image(linkOf(rows[0]))
    expect(asked).toHaveLength(502)
    await faces.image(linkOf(rows[1]))
    expect(asked).toHaveLength(503)
  })

  it('leave rows and lists the objects they were', () => {
    const { faces, items, rows } = facesWith(['/a/{size}.png', '/b/{size}.png'])
    expect(faces.shown('https://meta.example', items)).toBe(rows)
    expect(faces.shown('https://meta.example', [...items])[1]).toBe(rows[1])
    const plain = [notification()]
    expect(faces.shown('https://meta.example', plain)).toBe(plain)
  })
})
