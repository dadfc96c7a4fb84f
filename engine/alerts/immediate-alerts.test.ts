import { describe, expect, it } from 'vitest'
import { expectOk } from '../../test/rig/engine-rig.ts'
import { seededRandom } from '../../test/rig/seeded-random.ts'
import { alertBodies as bodies, notify, setUpRigs } from '../../test/rig/set-up-rigs.ts'

// How soon alerts come, with which words, and what chat makes of them (protocol.md 14.4, 14.6); over real HTTP, on one fake
// clock for engine and forums.

const { connected: start } = setUpRigs()

const minute = 60_000
const atOnce = { settings: { alertDelays: [0] } }

describe('chat', () => {
  const chat = { settings: { chatEnabled: true, alertDelays: [0] } }

  it('tells a direct message within a second, with its words and its link', async () => {
    const { forum, rig, pass } = await start(chat)
    const { id } = forum.chatMessage({ user: 'eve', from: 'alice', text: 'Are you there?' })
    await pass(1000)
    expect(rig.alerts).toMatchObject([
      { body: expect.stringMatching(/^alice .*\nAre you there\?$/), target: { url: `${forum.url}/chat/c/-/3/${id}` } },
    ])
    await pass(20_000)
    expect(rig.alerts).toHaveLength(1)
  })

  it('tells a mention once, not as mention and as count, and with its words', async () => {
    const { forum, rig, pass } = await start(chat)
    forum.chatMessage({ user: 'eve', from: 'alice', channel: 'General', mention: 'eve', text: 'Look, @eve' })
    await pass(20_000)
    expect(rig.alerts.map(({ body }) => body)).toEqual([expect.stringMatching(/alice mentioned you .*\nLook, @eve$/)])
  })

  it('that was read in the browser is counted no longer within a minute', async () => {
    const { forum, rig, pass } = await start(chat)
    const count = () => rig.engine.snapshot().accounts[0]?.counts?.chat
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'Are you there?' })
    await pass(20_000)
    expect(count()).toBe(1)
    forum.readChat('eve')
    await pass(minute)
    expect(count()).toBe(0)
  })

  it('that was told as a number while there was no live channel is not told again when the channel brings its words', async () => {
    const { forum, rig, pass } = await start(chat)
    const isLive = () => rig.engine.snapshot().accounts[0]?.isLive
    forum.fault({ kind: 'drop', path: '/message-bus/' })
    await pass(2 * minute)
    expect(isLive()).toBe(false)
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'Are you there?' })
    await pass(2 * minute)
    expect(bodies(rig)).toEqual(['1 chat message for eve'])
    forum.clearFaults()
    await pass(30 * minute)
    expect(isLive()).toBe(true)
    expect(bodies(rig)).toEqual(['1 chat message for eve'])
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'And now?' })
    await pass(5000)
    expect(bodies(rig)).toEqual(['1 chat message for eve', 'alice wrote in a chat'])
  })

  it.each([1, 2, 3, 4, 5, 6])(
    'is told once by a live channel that is cut again and again, as a number or with words (seed %i)',
    async (seed) => {
      const { forum, rig, pass } = await start(chat, { random: seededRandom(seed) })
      forum.fault({ kind: 'cut', afterMs: 50, path: '/message-bus/' })
      await pass(2 * minute)
      forum.chatMessage({ user: 'eve', from: 'alice', text: 'Are you there?' })
      await pass(2 * minute)
      expect(bodies(rig)).toHaveLength(1)
      forum.clearFaults()
      await pass(30 * minute)
      expect(bodies(rig)).toHaveLength(1)
    },
  )

  it('is told once, with its words, when it is written between two polls and counted before the next one', async () => {
    const { forum, rig, pass } = await start(chat)
    // So that the question about the second falls between two polls as well.
    await pass(74_000)
    for (const text of ['One', 'Two']) forum.chatMessage({ user: 'eve', from: 'alice', text })
    while (forum.heldPolls() > 0) await pass(100)
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'Three' })
    await pass(minute)
    expect(rig.alerts.map(({ body }) => body.split('\n')[1])).toEqual(['One', 'Two', 'Three'])
  })

  it('waits hardly longer for the next poll while there is chat to be read', async () => {
    const { forum, rig, pass } = await start(chat)
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'Hello' })
    await pass(minute)
    let pauses = 0
    for (let second = 0; second < 5 * 60; second++) {
      if (forum.heldPolls() === 0) pauses += 1
      await pass(1000)
    }
    expect(pauses).toBeLessThan(0.2 * 5 * 60)
    expect(bodies(rig)).toEqual(['alice wrote in a chat'])
  })

  it('tells what came while it was quiet as one number, without what was read meanwhile', async () => {
    const { forum, rig, pass } = await start(chat)
    expectOk(await rig.run('quiet.pause', { for: '30min' }))
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'One' })
    await pass(5 * minute)
    forum.readChat('eve')
    await pass(17 * minute)
    forum.chatMessage({ user: 'eve', from: 'alice', text: 'Two' })
    await pass(12 * minute)
    expect(bodies(rig)).toEqual(['1 new notification while it was quiet'])
  })
})

describe('an alert', () => {
  it('of a quiet account comes at once, and what follows within a moment joins a summary', async () => {
    const { forum, rig, pass } = await start(atOnce)
    notify(forum, 'One')
    await pass(150)
    expect(bodies(rig)).toEqual(['alice mentioned you in “One”'])
    for (const title of ['Two', 'Three', 'Four']) notify(forum, title)
    await pass(5000)
    expect(bodies(rig)).toEqual(['alice mentioned you in “One”', '3 new notifications'])
  })
})
