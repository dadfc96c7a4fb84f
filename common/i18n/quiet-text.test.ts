import { describe, expect, it } from 'vitest'
import type { QuietReason } from '../contract/snapshot.ts'
import { changePreferences, defaultPreferences } from '../preferences/preferences.ts'
import { snapshot as sampleSnapshot } from '../testing/samples.ts'
import { createTranslate } from './i18n.ts'
import { quietLine } from './quiet-text.ts'
import { clockText } from './time-text.ts'

const t = createTranslate()
const now = Date.UTC(2026, 10, 23, 12)
const soon = now + 60 * 60_000
const time = clockText(t, soon, now)

describe('the word on quiet', () => {
  it('says of each reason when it ends: a pause within quiet hours hides neither', () => {
    const preferences = changePreferences(defaultPreferences, { quiet: { pausedUntil: soon } })
    const later = soon + 60 * 60_000
    const holds = [
      { reason: 'paused' as const, until: soon },
      { reason: 'hours' as const, until: later },
    ]
    const quiet = { isQuiet: true, reason: 'paused' as const, until: later, holds }
    expect(quietLine(t, sampleSnapshot({ preferences, quiet }), now)).toBe(
      `Alerts are paused until ${time} · Quiet hours until ${clockText(t, later, now)}`,
    )
  })

  it.each<[QuietReason | null, number | null, number | 'open' | null, string | null]>([
    [null, null, null, null],
    [null, soon, null, null],
    ['paused', soon, soon, `Alerts are paused until ${time}`],
    ['paused', null, 'open', 'Alerts are paused until you turn them back on'],
    // The system is quiet as well, and nobody knows for how long.
    ['paused', null, soon, `Alerts are paused until ${time}`],
    ['hours', soon, null, `Quiet hours until ${time}`],
    ['hours', null, null, 'Quiet hours around the clock'],
    ['forum', soon, null, 'Do Not Disturb is on for the forum'],
    ['system', null, null, 'Do Not Disturb is on for this computer'],
  ])('for %s until %s, paused until %s, is: %s', (reason, until, pausedUntil, line) => {
    const preferences = changePreferences(defaultPreferences, { quiet: { pausedUntil } })
    const snapshot = sampleSnapshot({ preferences, quiet: { isQuiet: reason !== null, reason, until } })
    expect(quietLine(t, snapshot, now)).toBe(line)
  })
})
