import { expect, it } from 'vitest'
import { defaultPreferences } from '../../common/preferences/preferences.ts'
import { sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createGlobalShortcut } from './global-shortcut.ts'

const setUp = (isWayland = false) => {
  const taken = new Set(['Ctrl+Alt+T'])
  const registered = new Map<string, () => void>()
  const notices: string[] = []
  let toggled = 0
  const show = createGlobalShortcut({
    keys: {
      register: (shortcut, press) => {
        if (shortcut === 'Alt+Home') throw new Error('conversion failure')
        if (taken.has(shortcut)) return false
        registered.set(shortcut, press)
        return true
      },
      unregister: (shortcut) => void registered.delete(shortcut),
    },
    isWayland,
    toggleWindow: () => {
      toggled += 1
    },
    notice: ({ code, params }) => {
      const text = `${code} ${params?.['shortcut']}`
      notices.push(text)
      return () => void notices.splice(notices.indexOf(text), 1)
    },
  })
  const choose = (shortcut: string | null): void => {
    const general = { ...defaultPreferences.general, shortcut }
    show(sampleSnapshot({ preferences: { ...defaultPreferences, general } }))
  }
  return { choose, registered, notices, toggled: () => toggled }
}

it('is off until one is chosen, and follows what is chosen', () => {
  const { choose, registered, notices, toggled } = setUp()
  choose(null)
  expect(registered.size).toBe(0)
  choose('Ctrl+Alt+N')
  choose('Ctrl+Alt+N')
  registered.get('Ctrl+Alt+N')?.()
  expect(toggled()).toBe(1)
  choose('Super+F5')
  expect([...registered.keys()]).toEqual(['Super+F5'])
  choose(null)
  expect([registered.size, notices]).toEqual([0, []])
})

it.each(['Ctrl+Alt+T', 'Alt+Home'])('says that %s was refused, until another one is chosen', (refused) => {
  const { choose, registered, notices } = setUp()
  choose(refused)
  expect([registered.size, notices]).toEqual([0, [`shortcut_refused ${refused}`]])
  choose('Ctrl+Alt+N')
  expect([[...registered.keys()], notices]).toEqual([['Ctrl+Alt+N'], []])
})

it('is refused on Wayland without trying, where no other one would do', () => {
  const { choose, registered, notices } = setUp(true)
  choose('Ctrl+Alt+N')
  expect([registered.size, notices]).toEqual([0, ['shortcut_on_wayland Ctrl+Alt+N']])
})
