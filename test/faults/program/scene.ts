import type { Forum } from '../../forum/forum.ts'
import type { Machine } from './machine.ts'
import type { Tally } from './tally.ts'

/** A machine, a forum that supports device codes, and a tally of what happens. */
export interface Scene {
  readonly machine: Machine
  readonly forum: Forum
  readonly tally: Tally
  /** From 0 to below 1. */
  readonly fraction: () => number
}
