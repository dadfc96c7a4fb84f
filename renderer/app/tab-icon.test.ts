import { describe, expect, it } from 'vitest'
import { tabIcon } from './tab-icon.ts'

const words = (icon: string): string | undefined =>
  />([^<>]+)<\/text>/.exec(decodeURIComponent(icon.replace('data:image/svg+xml,', '')))?.[1]

describe('the icon of the tab', () => {
  it.each([
    [{ kind: 'number', count: 1 }, '1'],
    [{ kind: 'number', count: 9 }, '9'],
    [{ kind: 'number', count: 10 }, '9+'],
    [{ kind: 'number', count: 4321 }, '9+'],
    [{ kind: 'dot' }, undefined],
    [{ kind: 'none' }, undefined],
  ] as const)('shows of %j: %s', (badge, shown) => {
    expect(words(tabIcon(badge))).toBe(shown)
  })

  it('has a dot where the user wants no number, and neither where nothing is new', () => {
    const dots = ({ kind }: { kind: 'dot' | 'none' }) =>
      decodeURIComponent(tabIcon({ kind })).split('<circle').length - 2
    expect([dots({ kind: 'dot' }), dots({ kind: 'none' })]).toEqual([1, 0])
  })
})
