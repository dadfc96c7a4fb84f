import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { AppDouble, EventDouble } from '../testing/electron-double.ts'
import { createDeepLinks, findUrl, listenForUrls } from './deep-links.ts'

const url = 'discourse://auth_redirect?payload=abc'
const other = 'discourse://auth_redirect?payload=def'

/** Lets promises that are ready run. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('findUrl', () => {
  it.each<[NodeJS.Platform, string[]]>([
    ['linux', [url]],
    ['linux', ['/opt/app/dist/electron/main.js', url]],
    ['linux', ['--hidden', url]],
    ['linux', ['--profile', '/p', url]],
    ['darwin', [url]],
    ['linux', ['--open-url', '--', url]],
    ['win32', ['--open-url', '--', url]],
    ['win32', ['C:\\app\\main.js', '--open-url', '--', url]],
    ['win32', ['--inspect=0', 'C:\\app\\main.js', '--open-url', '--', url]],
  ])('finds the address on %s in %j', (platform, args) => {
    expect(findUrl(args, platform)).toBe(url)
  })

  it.each<[NodeJS.Platform, string, string[]]>([
    ['linux', 'nothing', []],
    ['linux', 'two addresses', [url, other]],
    ['linux', 'the same address twice', [url, url]],
    ['linux', 'another scheme', ['https://evil.example/?discourse://auth_redirect']],
    ['linux', 'an address inside an option', [`--url=${url}`]],
    ['linux', 'an address behind a space', [` ${url}`]],
    ['linux', 'an address on a second line', [`x\n${url}`]],
    ['linux', 'an address behind another word', [`open ${url}`]],
    ['linux', 'a scheme that only begins alike', ['discoursehub://auth_redirect?payload=abc']],
    ['linux', 'the scheme without its colon', ['discourse//auth_redirect?payload=abc']],
    ['linux', 'a file', ['file:///tmp/discourse:']],
    ['linux', 'a script address', ['javascript:discourse:alert(1)']],
    ['linux', 'the guard without its separator', ['--open-url', url]],
    ['linux', 'something behind a guarded address', ['--open-url', '--', url, '--no-sandbox']],
    ['darwin', 'two addresses', [url, other]],
    ['win32', 'an address without the guard', [url]],
    ['win32', 'an address without the guard, in development', ['C:\\app\\main.js', url]],
    ['win32', 'an address with half the guard', ['--', url]],
    ['win32', 'the other half', ['--open-url', url]],
    ['win32', 'the guard in the wrong order', ['--', '--open-url', url]],
    ['win32', 'the guard alone', ['--open-url', '--']],
    ['win32', 'an argument injected by a quotation mark', ['--open-url', '--', url, '--gpu-launcher=calc.exe']],
    ['win32', 'an injected profile', ['--open-url', '--', url, '--profile', '\\\\evil\\share']],
    ['win32', 'a second address', ['--open-url', '--', url, other]],
    ['win32', 'a second guard', ['--open-url', '--', url, '--open-url', '--', other]],
    ['win32', 'a first guard that is empty', ['--open-url', '--', '--open-url', '--', url]],
    ['win32', 'an option between guard and address', ['--open-url', '--inspect', '--', url]],
    ['win32', 'another scheme behind the guard', ['--open-url', '--', 'https://evil.example']],
    ['win32', 'a program behind the guard', ['--open-url', '--', 'C:\\Windows\\calc.exe']],
    ['win32', 'the address and the guard the wrong way round', [url, '--open-url', '--']],
  ])('finds none on %s in %s', (platform, _what, args) => {
    expect(findUrl(args, platform)).toBeUndefined()
  })

  it('never finds anything on Windows unless the guard comes right before one last argument', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('--open-url', '--', url, other, '--inspect', 'main.js')), (args) => {
        const found = findUrl(args, 'win32')
        const guarded = args.indexOf('--open-url') === args.length - 3 && args.at(-2) === '--'
        expect(found === undefined || (guarded && found === args.at(-1))).toBe(true)
      }),
    )
  })
})

describe('an address', () => {
  /** A shell whose engine becomes ready when told to. */
  const setUp = () => {
    const app = new AppDouble()
    const links = createDeepLinks()
    const delivered: string[] = []
    const wakes: string[] = []
    listenForUrls(app, links, () => wakes.push('wake'))
    const ready = async () => {
      links.deliverTo(async (arrived) => {
        delivered.push(arrived)
      })
      await settle()
    }
    const secondInstance = (additionalData: unknown, argv: string[] = []) =>
      app.emit('second-instance', new EventDouble(), argv, '/', additionalData)
    return { app, links, delivered, wakes, ready, secondInstance }
  }

  it('on the command line of a cold start is delivered once, when the engine is ready', async () => {
    const { links, delivered, ready } = setUp()
    const found = findUrl(['main.js', url], 'linux')
    links.receive(found ?? '')
    await settle()
    expect(delivered).toEqual([])
    await ready()
    expect(delivered).toEqual([url])
  })

  it('from a second instance is delivered once, whatever Chromium made of its arguments', async () => {
    const { delivered, wakes, ready, secondInstance } = setUp()
    await ready()
    secondInstance({ url, isHidden: false, action: null }, ['app', '--allow-file-access-from-files', url, url])
    await settle()
    expect(delivered).toEqual([url])
    expect(wakes).toEqual([])
  })

  it('from `open-url` while the program runs is delivered once, and the system is told so', async () => {
    const { app, delivered, ready } = setUp()
    await ready()
    const event = new EventDouble()
    app.emit('open-url', event, url)
    await settle()
    expect(delivered).toEqual([url])
    expect(event.isPrevented).toBe(true)
  })

  it('from `open-url` before ready waits for the engine and is delivered once', async () => {
    const { app, delivered, ready } = setUp()
    app.emit('open-url', new EventDouble(), url)
    await settle()
    expect(delivered).toEqual([])
    await ready()
    expect(delivered).toEqual([url])
  })

  it('keeps its place among others, even when an earlier one fails', async () => {
    const { links } = setUp()
    const delivered: string[] = []
    links.receive(url)
    links.deliverTo(async (arrived) => {
      delivered.push(arrived)
      if (arrived === url) throw new Error('refused')
    })
    links.receive(other)
    await settle()
    await settle()
    expect(delivered).toEqual([url, other])
  })

  it('of another scheme is dropped on every path', async () => {
    const { app, links, delivered, ready, secondInstance } = setUp()
    links.receive('https://evil.example')
    app.emit('open-url', new EventDouble(), 'file:///etc/passwd')
    await ready()
    app.emit('open-url', new EventDouble(), 'discoursehub://auth_redirect')
    secondInstance({ url: 'https://evil.example', isHidden: false, action: null })
    await settle()
    expect(delivered).toEqual([])
  })

  it('that arrives in a flood before ready is dropped', async () => {
    const { links, delivered, ready } = setUp()
    for (let index = 0; index < 1000; index += 1) links.receive(`${url}${index}`)
    await ready()
    expect(delivered).toHaveLength(8)
  })
})

describe('a second start without an address', () => {
  it.each([
    [{ url: null, isHidden: false, action: null }],
    [undefined],
    [{ url: null, isHidden: false, action: 'quit' }],
    [{ url: 'discourse://x', isHidden: false, action: null, more: 1 }],
    ['discourse://x'],
  ])('shows the window: %j', (additionalData) => {
    const app = new AppDouble()
    let wakes = 0
    listenForUrls(app, createDeepLinks(), () => {
      wakes += 1
    })
    app.emit('second-instance', new EventDouble(), ['discourse://from-argv'], '/', additionalData)
    expect(wakes).toBe(1)
  })

  it('does not show the window when it was meant to be hidden', () => {
    const app = new AppDouble()
    let wakes = 0
    listenForUrls(app, createDeepLinks(), () => {
      wakes += 1
    })
    app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: true, action: null })
    expect(wakes).toBe(0)
  })

  it.each(['check', 'add'] as const)('may ask to %s, hidden or not', (action) => {
    const app = new AppDouble()
    const requested: unknown[] = []
    listenForUrls(app, createDeepLinks(), (second) => requested.push(second))
    app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: false, action })
    app.emit('second-instance', new EventDouble(), [], '/', { url: null, isHidden: true, action })
    expect(requested).toEqual([action, action])
  })
})
