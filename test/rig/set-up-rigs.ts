import { afterEach } from 'vitest'
import type { Forum } from '../forum/forum.ts'
import { type ForumOptions, startForum } from '../forum/start-forum.ts'
import { type EngineRig, type RigOptions, startEngineRig } from './engine-rig.ts'

/** Forums and engines for the tests of one file; what a test started is stopped after it, the last first. */
export const setUpRigs = () => {
  const started: { stop(): Promise<void> }[] = []
  afterEach(async () => {
    for (const each of started.splice(0).toReversed()) await each.stop()
  })
  return {
    /** A forum of version 3.4 named Meta with the member eve, but for what is given. */
    forumOf: async (options: Partial<ForumOptions> = {}): Promise<Forum> => {
      const forum = await startForum({ profile: '3.4', title: 'Meta', users: [{ username: 'eve' }], ...options })
      started.push(forum)
      return forum
    },
    rigOf: async (options?: RigOptions): Promise<EngineRig> => {
      const rig = await startEngineRig(options)
      started.push(rig)
      return rig
    },
  }
}
