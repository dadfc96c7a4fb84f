import { afterEach, describe, expect, it } from 'vitest'
import type { Forum } from '../forum.ts'
import { profiles } from '../profiles.ts'
import { startForum } from '../start-forum.ts'
import { allowedDifferences } from './allowed-differences.ts'
import { differences } from './differences.ts'
import { type RecordedAnswer, type Recording, recordedAnswers, recordings } from './recorded-answers.ts'
import type { Situation } from './situation.ts'
import { situationsOf29 } from './situations-of-2.9.ts'
import { situationsOf35 } from './situations-of-3.5.ts'

// The simulated forum held to reality: what it answers against what real servers of three versions answered, endpoint by
// endpoint. Whoever changes the simulated forum finds out here whether a real one does the same.

let forum: Forum | undefined
afterEach(async () => {
  await forum?.stop()
})

const play = async (recording: Recording, name: string, situation: Situation): Promise<RecordedAnswer> => {
  const { settings = {}, limits = {}, path = '', before, ask } = situation
  const profile = profiles[recording.profile]
  const users = [{ username: 'eve', name: 'Eve' }]
  forum = await startForum({ profile, users, settings, limits, path })
  const { key } = forum.grantKey({ user: 'eve' })
  const dead = forum.grantKey({ user: 'eve' })
  forum.revokeKey(dead.id)
  const stage = { forum, profile, key, deadKey: dead.key }
  await before?.(stage)
  const answer = await ask(stage)
  const text = await answer.text()
  return { name, status: answer.status, headers: Object.fromEntries(answer.headers), body: jsonOrText(text) }
}
const jsonOrText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const used = new Set<(typeof allowedDifferences)[number]>()
const isAllowed = (folder: string, name: string, difference: string): boolean => {
  const allowed = allowedDifferences.filter(
    ({ recording, what }) => recording.test(`${folder}/${name}`) && what.test(difference),
  )
  for (const each of allowed) used.add(each)
  return allowed.length > 0
}

describe.each(recordings)('the simulated forum of $profile answers as $folder did', (recording) => {
  const answers = recordedAnswers(recording.folder)
  const situations: Readonly<Record<string, Situation>> = recording.profile === '2.9' ? situationsOf29 : situationsOf35

  it.each(answers.map((answer) => [answer.name, answer] as const))('%s', async (name, answer) => {
    const situation = situations[name]
    if (situation === undefined) throw new Error(`No situation leads to the recording ${name}.`)
    const found = differences(answer, await play(recording, name, situation))
    const mistakes = found.filter((difference) => !isAllowed(recording.folder, name, difference))
    expect(mistakes, mistakes.join('\n')).toEqual([])
  })

  it('in every situation there is', () => {
    const names = answers.map(({ name }) => name)
    // The limit of an address was recorded once only.
    const missing = Object.keys(situations).filter((name) => !names.includes(name) && name !== 'ip-limit')
    expect(missing).toEqual([])
  })
})

it('every allowed difference is one', () => {
  expect(allowedDifferences.filter((allowed) => !used.has(allowed)).map(({ what }) => what.source)).toEqual([])
})
