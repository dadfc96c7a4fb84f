import { describe, expect, it } from 'vitest'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { changePreferences, defaultPreferences } from '../../common/preferences/preferences.ts'
import { sampleAccount, sampleCounts, sampleSnapshot } from '../testing/sample-snapshot.ts'
import { createOverlay } from './overlay.ts'

const setUp = () => {
  const loaded: string[] = []
  const told: [isShown: boolean, description: string][] = []
  const show = createOverlay<string>({
    loadImage: (name) => {
      loaded.push(name)
      return name
    },
    window: { setOverlay: (overlay, description) => told.push([overlay !== null, description]) },
    t: createTranslate(),
  })
  const news = (count: number) => sampleSnapshot({ accounts: [sampleAccount({ counts: sampleCounts(count) })] })
  return { show, news, loaded, told }
}

describe('the badge in the task bar of Windows', () => {
  it('is a digit, with a description for screen readers', () => {
    const { show, news, loaded, told } = setUp()
    for (const count of [0, 3, 3, 12, 0]) show(news(count))
    expect(loaded).toEqual(['3.png', '9plus.png'])
    expect(told).toEqual([
      [true, '3 new on 1 forum'],
      [true, '12 new on 1 forum'],
      [false, ''],
    ])
  })

  it('keeps its description up to date when its digit stays', () => {
    const { show, news, told } = setUp()
    show(news(12))
    show(news(13))
    expect(told.at(-1)).toEqual([true, '13 new on 1 forum'])
  })

  it('is a dot or nothing when the user prefers that', () => {
    const { show, news, loaded, told } = setUp()
    for (const style of ['dot', 'none'] as const) {
      show({ ...news(3), preferences: changePreferences(defaultPreferences, { badge: { style } }) })
    }
    expect([loaded, told.map(([isShown]) => isShown)]).toEqual([['dot.png'], [true, false]])
  })
})
