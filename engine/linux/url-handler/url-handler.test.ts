import { describe, expect, it } from 'vitest'
import { desktopEntry, previousHandler } from './desktop-entry.ts'
import { defaultHandler, isRemovedHandler, withoutHandler, withRemovedHandler } from './mime-apps.ts'

describe('the .desktop file', () => {
  it('starts the program with the address as its last argument', () => {
    const entry = desktopEntry(['/usr/bin/node', '/opt/notifier/cli.js', 'accept', '--profile', '/home/eve/p'], '')
    expect(entry).toContain('\nExec=/usr/bin/node /opt/notifier/cli.js accept --profile /home/eve/p %u\n')
    expect(entry).toContain('\nMimeType=x-scheme-handler/discourse;\n')
  })

  it('quotes only what needs it, so that the simplest launchers understand it too', () => {
    const entry = desktopEntry(['/opt/my node', '/a$b"c', '/50%', '/back\\slash'], '')
    expect(entry).toContain(String.raw`Exec="/opt/my node" "/a\\$b\\"c" /50%% "/back\\\\slash" %u`)
    // Composed, decomposed, and of another script.
    const home = desktopEntry(['/home/jürgen/notifier', '/home/ju\u0308rgen', '/home/ゆき'], '')
    expect(home).toContain('\nExec=/home/jürgen/notifier /home/ju\u0308rgen /home/ゆき %u\n')
  })

  it('remembers what handled the links before', () => {
    expect(previousHandler(desktopEntry(['node'], 'other.desktop'))).toBe('other.desktop')
    expect(previousHandler(desktopEntry(['node'], ''))).toBeUndefined()
  })
})

const ours = 'discourse-notifier-url.desktop'

describe('mimeapps.list', () => {
  const list = [
    '[Added Associations]',
    'x-scheme-handler/discourse=wrong.desktop;',
    '',
    '[Default Applications]',
    'text/html=browser.desktop',
    'x-scheme-handler/discourse=discourse-notifier-url.desktop;other.desktop',
    '',
  ].join('\n')

  it('tells the default, which is the first of its own section', () => {
    expect(defaultHandler(list)).toBe('discourse-notifier-url.desktop')
    expect(defaultHandler('')).toBeUndefined()
    expect(defaultHandler('[Added Associations]\nx-scheme-handler/discourse=wrong.desktop')).toBeUndefined()
  })

  it('says who is not to have the links, whatever else it says', () => {
    const removed = withRemovedHandler(list, 'package.desktop')
    expect(removed).toBe(
      `${withoutHandler(list, 'package.desktop').trimEnd()}\n\n[Removed Associations]\nx-scheme-handler/discourse=package.desktop;\n`,
    )
    expect([isRemovedHandler(removed, 'package.desktop'), isRemovedHandler(removed, 'other.desktop')]).toEqual([
      true,
      false,
    ])
    expect(withRemovedHandler('', 'a.desktop')).toBe('[Removed Associations]\nx-scheme-handler/discourse=a.desktop;\n')
    const more = '[Removed Associations]\ntext/html=x.desktop\nx-scheme-handler/discourse=b.desktop\n[Other]\nx=y\n'
    expect(withRemovedHandler(more, 'a.desktop')).toBe(
      '[Removed Associations]\nx-scheme-handler/discourse=b.desktop;a.desktop;\ntext/html=x.desktop\n[Other]\nx=y\n',
    )
    expect(withRemovedHandler(withRemovedHandler(more, 'a.desktop'), 'a.desktop')).toBe(
      withRemovedHandler(more, 'a.desktop'),
    )
    // Who made it the default afterwards wants it.
    expect(isRemovedHandler(`${removed}\n[Default Applications]\n`, 'package.desktop')).toBe(true)
    const chosen = removed.replace('=discourse-notifier-url.desktop;', '=package.desktop;')
    expect(isRemovedHandler(chosen, 'package.desktop')).toBe(false)
  })

  it('loses our entry and nothing else', () => {
    const without = withoutHandler(list, ours)
    expect(defaultHandler(without)).toBe('other.desktop')
    expect(without.split('\n').filter((line) => !line.includes('discourse'))).toEqual(
      list.split('\n').filter((line) => !line.includes('discourse')),
    )
    expect(
      withoutHandler('[Default Applications]\nx-scheme-handler/discourse=discourse-notifier-url.desktop;', ours),
    ).toBe('[Default Applications]')
  })
})
