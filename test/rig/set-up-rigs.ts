import { afterEach, beforeEach } from 'vitest'
import type { Forum } from '../forum/forum.ts'
import { type ForumOptions, startForum } from '../forum/start-forum.ts'
import { type EngineRig, type RigOptions, startEngineRig } from './engine-rig.ts'
import { createFakeClock } from './fake-clock.ts'

/**
 * Forums and engines for the tests of one file, all on one fake clock for each test; what a test started is stopped after
 * it, the last first.
 */
export const setUpRigs = () => {
  const started: { stop(): Promise<void> }[] = []
  let clock = createFakeClock()
  beforeEach(() => {
    clock = createFakeClock()
  })
  afterEach(async () => {
    for (const each of started.splice(0).toReversed()) await each.stop()
  })

  /** A forum of version 3.4 named Meta with the member eve, but for what is given. */
  const forumOf = async (options: Partial<ForumOptions> = {}): Promise<Forum> => {
    const users = [{ username: 'eve' }]
    const forum = await startForum({ profile: '3.4', title: 'Meta', users, clock, ...options })
    started.push(forum)
    return forum
  }

  const rigOf = async (options?: RigOptions): Promise<EngineRig> => {
    const rig = await startEngineRig({ clock, ...options })
    started.push(rig)
    return rig
  }

  /** A forum, an engine that eve is connected with, their account's id, and what lets time pass for both. */
  const connected = async (options?: Partial<ForumOptions>, rigOptions?: RigOptions) => {
    const forum = await forumOf(options)
    const rig = await rigOf(rigOptions)
    const id = await rig.connect(forum, 'eve')
    const pass = (milliseconds: number) => rig.pass(milliseconds, [forum])
    await pass(0)
    return { forum, rig, id, pass }
  }

  return { forumOf, rigOf, connected }
}

/** Notifies a member of what alice did in a topic. */
export const notify = (
  forum: Forum,
  topicTitle: string,
  type: 'mentioned' | 'replied' | 'liked' = 'mentioned',
  user = 'eve',
) => forum.notify({ user, type, from: 'alice', topicTitle })

/** The first line of each alert so far. */
export const alertBodies = (rig: EngineRig) => rig.alerts.map(({ body }) => body.split('\n')[0])
