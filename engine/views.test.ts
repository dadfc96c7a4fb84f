import { expect, it } from 'vitest'
import { setUpRigs } from '../test/rig/set-up-rigs.ts'

const { forumOf, rigOf } = setUpRigs()

it('on a forum of 2.9 a message counts as a message and a reminder does not', async () => {
  const forum = await forumOf({ profile: '2.9' })
  forum.notify({ user: 'eve', type: 'private_message' })
  forum.notify({ user: 'eve', type: 'bookmark_reminder' })
  forum.notify({ user: 'eve', type: 'mentioned' })
  const rig = await rigOf()
  await rig.connect(forum, 'eve')
  const { accounts } = await rig.until((snapshot) => snapshot.accounts[0]?.items !== null)
  expect(accounts[0]?.counts).toMatchObject({ notifications: 2, messages: 1, total: 3 })
})

it('topics and the inboxes of groups are in the snapshot once the user wants to see them, and never alert', async () => {
  const forum = await forumOf({ profile: '3.5' })
  forum.updateUser('eve', { tracking: { new: 4, unread: 1 } })
  const rig = await rigOf()
  await rig.connect(forum, 'eve')
  const countsNow = () => rig.engine.snapshot().accounts[0]?.counts
  await rig.until(({ accounts }) => accounts[0]?.counts !== null)
  expect(countsNow()).toEqual({ notifications: 0, messages: 0, chat: 0, reviewables: 0, total: 0 })
  await rig.engine.execute('preferences.change', { general: { topicCounts: true } })
  expect(countsNow()).toMatchObject({ topics: { new: 4, unread: 1 }, total: 0 })
  await rig.engine.execute('preferences.change', { general: { topicCounts: false } })
  expect(countsNow()).not.toHaveProperty('topics')
  expect(rig.alerts).toEqual([])
})
