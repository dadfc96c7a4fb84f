import type { FakeClock } from './fake-clock.ts'

/**
 * Lets time pass from one timer to the next.
 * @param settle waits until nothing moves any more while the clock stands; called before, and after each step
 */
export const passTime = async (
  clock: FakeClock,
  milliseconds: number,
  settle: () => Promise<unknown>,
): Promise<void> => {
  const end = clock.now() + milliseconds
  await settle()
  while (clock.now() < end) {
    clock.advance(Math.max(0, Math.min(clock.nextDue() ?? end, end) - clock.now()))
    await settle()
  }
}
