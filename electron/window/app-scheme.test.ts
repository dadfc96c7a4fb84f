import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPageFiles } from '../../engine/page/page-files.ts'
import { ProtocolDouble } from '../testing/electron-double.ts'
import { appSchemes, serveApp } from './app-scheme.ts'

let folder = ''
let reads = 0

beforeAll(() => {
  const outside = mkdtempSync(path.join(tmpdir(), 'app-scheme-'))
  folder = path.join(outside, 'renderer')
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  writeFileSync(path.join(outside, 'secret.js'), 'secret')
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(path.join(folder, 'assets', 'main.js'), 'main()')
  writeFileSync(path.join(folder, 'assets', 'main.js.map'), '{}')
})

afterAll(() => rmSync(path.dirname(folder), { recursive: true }))

const picture = { type: 'image/png', body: new TextEncoder().encode('a picture') }

const serve = ({ isRebuilt } = { isRebuilt: false }) => {
  const protocol = new ProtocolDouble()
  reads = 0
  const readFiles = () => {
    reads += 1
    return readPageFiles(folder)
  }
  const gone = () => 'Its files are <gone>'
  serveApp(protocol, { readFiles, isRebuilt, gone, image: async (link) => (link === 'cafe' ? picture : undefined) })
  return protocol
}

describe('the app scheme', () => {
  it('has an origin of its own and does not bypass the content security policy', () => {
    expect(appSchemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  })

  it('serves the built page and its files with their types', async () => {
    const protocol = serve()
    expect(protocol.scheme).toBe('app')
    const page = await protocol.request('app://notifier/index.html')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toBe('<!doctype html>')
    const script = await protocol.request('app://notifier/assets/main.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await script.text()).toBe('main()')
  })

  it("serves the engine's images by their links", async () => {
    const answer = await serve().request('app://notifier/image/cafe')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(await answer.text()).toBe('a picture')
    for (const path of ['image/', 'image/beef', 'image/cafe/', 'image/../image/beef', 'images/cafe']) {
      expect((await serve().request(`app://notifier/${path}`)).status).toBe(404)
    }
    expect((await serve().request('app://other/image/cafe')).status).toBe(404)
  })

  it('has the files of views that are loaded later, too, when the folder is replaced meanwhile, as by building again', async () => {
    const protocol = serve()
    await protocol.request('app://notifier/index.html')
    const assets = path.join(folder, 'assets')
    renameSync(assets, `${assets}.old`)
    try {
      expect(await (await protocol.request('app://notifier/assets/main.js')).text()).toBe('main()')
    } finally {
      renameSync(`${assets}.old`, assets)
    }
  })

  it('says what has happened, in the place of the page, while its files are gone, and has it once they are back', async () => {
    const protocol = serve()
    renameSync(folder, `${folder}.old`)
    try {
      const page = await protocol.request('app://notifier/index.html')
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(await page.text()).toContain('<p dir="auto">Its files are &lt;gone></p>')
      expect((await protocol.request('app://notifier/assets/main.js')).status).toBe(404)
    } finally {
      renameSync(`${folder}.old`, folder)
    }
    expect(await (await protocol.request('app://notifier/index.html')).text()).toBe('<!doctype html>')
  })

  it('keeps those it has read when they are gone at the next load, as after a crash of the page', async () => {
    const protocol = serve({ isRebuilt: true })
    await protocol.request('app://notifier/index.html')
    renameSync(folder, `${folder}.old`)
    try {
      expect(await (await protocol.request('app://notifier/index.html')).text()).toBe('<!doctype html>')
    } finally {
      renameSync(`${folder}.old`, folder)
    }
  })

  it('serves the page even when it is requested with a fragment or a query', async () => {
    expect((await serve().request('app://notifier/index.html#add')).status).toBe(200)
    expect((await serve().request('app://notifier/index.html?x=1')).status).toBe(200)
  })

  it('reads the files once, and not before the first request', async () => {
    const protocol = serve()
    expect(reads).toBe(0)
    await protocol.request('app://notifier/index.html')
    await protocol.request('app://notifier/assets/main.js')
    expect(reads).toBe(1)
  })

  it('reads them again with each page load in development, where the page is rebuilt while the app runs', async () => {
    const protocol = serve({ isRebuilt: true })
    for (const path of ['index.html', 'assets/main.js', 'index.html']) await protocol.request(`app://notifier/${path}`)
    expect(reads).toBe(2)
  })

  it.each([
    ['app://notifier/'],
    ['app://notifier/../secret.js'],
    ['app://notifier/%2e%2e/secret.js'],
    ['app://notifier/..%2fsecret.js'],
    ['app://notifier/assets/../../secret.js'],
    ['app://notifier/assets/..%5c..%5csecret.js'],
    ['app://notifier//secret.js'],
    ['app://notifier/assets'],
    ['app://notifier/assets/'],
    ['app://notifier/assets/main.js.map'],
    ['app://notifier/Index.html'],
    ['app://notifier/index.html%00.js'],
    ['app://notifier/open/f00d'],
    ['app://notifier/__proto__'],
    ['app://other/index.html'],
    ['app://notifier.evil/index.html'],
    ['app://eve@notifier/index.html'],
    ['https://notifier/index.html'],
    ['no address'],
  ])('has nothing at %s', async (url) => {
    const answer = await serve().request(url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('')
  })

  it('answers nothing but GET', async () => {
    expect((await serve().request('app://notifier/index.html', 'POST')).status).toBe(405)
  })

  it.each([['app://notifier/index.html'], ['app://notifier/nothing']])('sends its policy with %s', async (url) => {
    const { headers } = await serve().request(url)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'none'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('says so when the page has not been built', () => {
    expect(() => readPageFiles(path.join(folder, 'assets'))).toThrow('the page is not built')
  })
})
