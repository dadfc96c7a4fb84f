import { expect, it } from 'vitest'
import { createFakeClock } from './fake-clock.ts'
import { fc } from './properties.ts'

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('after' as const), milliseconds: fc.integer({ min: -5, max: 60 }) }),
    fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(300) }),
    fc.record({ kind: fc.constant('advance' as const), milliseconds: fc.nat(20) }),
  ),
  { maxLength: 300 },
)

it('fires what is due in the order of time, then in the order of setting, and nothing that was cancelled', () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const clock = createFakeClock(0)
      const fired: number[] = []
      const expected: number[] = []
      const cancels: (() => void)[] = []
      let waiting: { readonly at: number; readonly id: number }[] = []
      for (const step of plan) {
        if (step.kind === 'after') {
          const id = cancels.length
          waiting.push({ at: clock.now() + step.milliseconds, id })
          cancels.push(clock.after(step.milliseconds, () => void fired.push(id)))
        } else if (step.kind === 'cancel') {
          cancels[step.which]?.()
          waiting = waiting.filter(({ id }) => id !== step.which)
        } else {
          const end = clock.now() + step.milliseconds
          const due = waiting.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at || a.id - b.id)
          expected.push(...due.map(({ id }) => id))
          waiting = waiting.filter(({ at }) => at > end)
          clock.advance(step.milliseconds)
        }
        expect(clock.pending()).toBe(waiting.length)
        expect(clock.nextDue()).toBe(waiting.length === 0 ? undefined : Math.min(...waiting.map(({ at }) => at)))
      }
      expect(fired).toEqual(expected)
    }),
  )
})

it('fires what a timer sets within the same stretch, at its own time', () => {
  const clock = createFakeClock(0)
  const seen: number[] = []
  const again = (): void => {
    seen.push(clock.now())
    clock.after(10, again)
  }
  again()
  clock.advance(25)
  expect([seen, clock.now()]).toEqual([[0, 10, 20], 25])
})
