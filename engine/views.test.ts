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
