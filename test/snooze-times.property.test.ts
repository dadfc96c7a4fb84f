import { describe, it } from 'vitest'
import { snoozeChoices } from '../common/contract/snooze-choice.ts'
import { snoozeUntil } from '../engine/alerts/snoozes/snoozed-rows.ts'
import { snoozeTime } from '../renderer/home/snooze-times.ts'
import { fc } from './rig/properties.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'] as const

describe('the hour that the page names for a snooze', () => {
  it('is the one that the engine then chooses, in any time zone', () => {
    const before = process.env['TZ']
    const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2030, 0) })
    try {
      fc.assert(
        fc.property(instant, fc.constantFrom(...zones), fc.constantFrom(...snoozeChoices), (now, zone, choice) => {
          process.env['TZ'] = zone
          return snoozeTime(choice, now) === snoozeUntil(choice, now, zone)
        }),
      )
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })
})
