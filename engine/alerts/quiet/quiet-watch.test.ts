import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { QuietState } from '../../../common/contract/snapshot.ts'
import {
  changePreferences,
  defaultPreferences,
  type Preferences,
  type PreferencesChange,
} from '../../../common/preferences/preferences.ts'
import { createFakeClock } from '../../../test/rig/fake-clock.ts'
import { setUpRigs } from '../../../test/rig/set-up-rigs.ts'
import { createQuietWatch } from './quiet-watch.ts'

const { forumOf, rigOf } = setUpRigs()
const loud: QuietState = { isQuiet: false, reason: null, until: null }
const minute = 60_000
const hour = 60 * minute

/** A model without accounts. */
const modelOf = (change: PreferencesChange, setQuiet: (state: QuietState) => void = () => undefined) => {
  let preferences = changePreferences(defaultPreferences, change)
  return {
    account: () => undefined,
    preferences: () => preferences,
    setPreferences: (next: Preferences) => {
      preferences = next
    },
    setQuiet,
  }
}

const watchOf = (change: PreferencesChange = {}, start = Date.UTC(2026, 10, 23, 12)) => {
  const clock = createFakeClock(start)
  const states: { readonly at: number; readonly state: QuietState }[] = []
  const model = modelOf(change, (state) => {
    const last = states.at(-1)?.state
    if (JSON.stringify(last) !== JSON.stringify(state)) states.push({ at: clock.now() - start, state })
  })
  const watch = createQuietWatch({ model, clock, timeZone: 'UTC' })
  return { watch, clock, states, preferences: model.preferences }
}

describe('the watch over quiet', () => {
  it('begins and ends quiet hours to the millisecond', () => {
    const { clock, states } = watchOf({ quiet: { hours: [{ days: [1], from: '13:00', to: '14:30' }] } })
    clock.advance(12 * hour)
    expect(states.map(({ at, state }) => [at, state.isQuiet])).toEqual([
      [0, false],
      [hour, true],
      [2.5 * hour, false],
    ])
  })

  it('forgets a pause when it is over', () => {
    const start = Date.UTC(2026, 10, 23, 12)
    const { clock, states, preferences } = watchOf({ quiet: { pausedUntil: start + 90_500 } })
    clock.advance(90_499)
    expect(states.at(-1)?.state).toEqual({ isQuiet: true, reason: 'paused', until: start + 90_500 })
    clock.advance(1)
    expect(states.at(-1)?.state).toEqual(loud)
    expect(preferences().quiet.pausedUntil).toBeNull()
  })

  it('notices within a minute that the machine has slept past an end', () => {
    const start = Date.UTC(2026, 10, 23, 12)
    let asleep = 0
    const clock = createFakeClock(start)
    const states: QuietState[] = []
    createQuietWatch({
      model: modelOf({ quiet: { pausedUntil: start + 5 * hour } }, (state) => states.push(state)),
      clock: { after: clock.after, now: () => clock.now() + asleep, elapsed: () => clock.elapsed() + asleep },
    })
    asleep = 6 * hour
    clock.advance(minute)
    expect(states.at(-1)?.isQuiet).toBe(false)
  })

  it.each([-400 * 24, -26, -1, 1, 26, 400 * 24])(
    'pauses for as long as was chosen, also when the clock is set by %i hours',
    (hours) => {
      const start = Date.UTC(2026, 10, 23, 12)
      const clock = createFakeClock(start)
      let set = 0
      const model = modelOf({ quiet: { pausedUntil: start + hour / 2 } })
      const watch = createQuietWatch({ model, clock: { ...clock, now: () => clock.now() + set } })
      clock.advance(10 * minute)
      set = hours * hour
      clock.advance(20 * minute - 1)
      expect(watch.of('a').isQuiet).toBe(true)
      clock.advance(1)
      expect(watch.of('a').isQuiet).toBe(false)
      clock.advance(minute)
      expect(model.preferences().quiet.pausedUntil).toBeNull()
      // One that begins after the clock was set is not moved.
      model.setPreferences(changePreferences(model.preferences(), { quiet: { pausedUntil: clock.now() + set + hour } }))
      watch.update()
      clock.advance(hour - 1)
      expect(watch.of('a').isQuiet).toBe(true)
      clock.advance(1)
      expect(watch.of('a').isQuiet).toBe(false)
    },
  )

  it.each([
    [-400 * 24, '2025-10-20T08:00Z'],
    [-26, '2026-11-23T08:00Z'],
    [-1, '2026-11-24T08:00Z'],
    [1, '2026-11-24T08:00Z'],
    [19, '2026-11-24T08:00Z'],
    [26, undefined],
  ])('pauses until the morning that was chosen when the clock is set by %i hours', (hours, end) => {
    const clock = createFakeClock(Date.UTC(2026, 10, 23, 12))
    let set = 0
    const model = modelOf({ quiet: { pausedUntil: Date.UTC(2026, 10, 24, 8) } })
    createQuietWatch({ model, clock: { ...clock, now: () => clock.now() + set }, timeZone: 'UTC' })
    set = hours * hour
    clock.advance(minute)
    expect(model.preferences().quiet.pausedUntil).toBe(end === undefined ? null : Date.parse(end))
  })

  it('obeys the operating system, and lets the user do otherwise', () => {
    const { watch, states } = watchOf()
    watch.setSystem(true)
    expect(states.at(-1)?.state).toEqual({ isQuiet: true, reason: 'system', until: null })
    watch.setSystem(false)
    expect(states.at(-1)?.state).toEqual(loud)
  })
})

describe('pausing', () => {
  it('is shown at once, lasts over a restart and ends by itself', async () => {
    const rig = await rigOf()
    const start = rig.clock.now()
    expect(rig.engine.snapshot().quiet).toEqual(loud)
    expect(await rig.run('quiet.pause', { for: '1h' })).toEqual({ ok: true, value: null })
    const paused = { isQuiet: true, reason: 'paused', until: start + hour }
    expect(rig.engine.snapshot().quiet).toEqual(paused)
    await rig.restart()
    expect(rig.engine.snapshot().quiet).toEqual(paused)
    rig.clock.advance(hour)
    expect(rig.engine.snapshot().quiet).toEqual(loud)
    await rig.engine.stop()
    expect(JSON.parse(readFileSync(rig.settingsPath, 'utf8')).preferences.quiet.pausedUntil).toBeNull()
  })

  it('goes until the morning of the given time zone, or until resumed', async () => {
    const rig = await rigOf({ timeZone: 'Asia/Kolkata' })
    await rig.run('quiet.pause', { for: 'tomorrow' })
    expect(rig.engine.snapshot().quiet.until).toBe(Date.UTC(2026, 10, 24, 2, 30))
    await rig.run('quiet.pause', { for: 'open' })
    expect(rig.engine.snapshot().quiet).toEqual({ isQuiet: true, reason: 'paused', until: null })
    await rig.run('quiet.resume', {})
    expect(rig.engine.snapshot().quiet).toEqual(loud)
  })

  it('is not needed when a shell tells that the operating system is quiet, which the user may ignore', async () => {
    const rig = await rigOf()
    rig.engine.setSystemQuiet(true)
    expect(rig.engine.snapshot().quiet.reason).toBe('system')
    await rig.run('preferences.change', { quiet: { obeySystem: false } })
    expect(rig.engine.snapshot().quiet).toEqual(loud)
  })

  it('on one forum is about its account alone', async () => {
    const forum = await forumOf()
    const other = await forumOf()
    const rig = await rigOf()
    forum.setDoNotDisturb('eve', rig.clock.now() + hour)
    await rig.connect(forum, 'eve')
    await rig.connect(other, 'eve')
    expect(rig.engine.snapshot().quiet).toEqual(loud)
    forum.notify({ user: 'eve', type: 'mentioned' })
    other.notify({ user: 'eve', type: 'mentioned' })
    await rig.pass(2 * minute, [forum, other])
    expect(rig.alerts.map(({ target }) => target?.account)).toEqual([rig.engine.snapshot().accounts[1]?.id])
    expect(rig.engine.snapshot().accounts.map(({ counts }) => counts?.total)).toEqual([1, 1])
  })

  it('holds alerts back, and not the numbers', async () => {
    const forum = await forumOf()
    const rig = await rigOf()
    await rig.connect(forum, 'eve')
    await rig.run('quiet.pause', { for: 'open' })
    forum.notify({ user: 'eve', type: 'mentioned' })
    await rig.pass(2 * minute, [forum])
    expect(rig.engine.snapshot().accounts[0]?.counts?.total).toBe(1)
    expect(rig.alerts).toEqual([])
    await rig.run('quiet.resume', {})
    forum.notify({ user: 'eve', type: 'mentioned' })
    await rig.pass(2 * minute, [forum])
    expect(rig.alerts).toMatchObject([
      { body: '1 new notification while it was quiet' },
      { body: expect.stringContaining('mentioned you') },
    ])
  })
})
