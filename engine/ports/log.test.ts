import { describe, expect, it } from 'vitest'
import { setUpRigs } from '../../test/rig/set-up-rigs.ts'
import { failureParams, type LogParams } from './log.ts'

const { forumOf, rigOf } = setUpRigs()

const events = () => {
  const noted: [string, LogParams | undefined][] = []
  return { noted, log: (_level: string, event: string, params?: LogParams) => void noted.push([event, params]) }
}

describe('what the engine notes', () => {
  it('tells the course of things by kinds, codes and hosts, without a word of what it is about', async () => {
    const { noted, log } = events()
    const forum = await forumOf({ title: 'Secret society' })
    const rig = await rigOf({ log })
    const { host } = new URL(forum.url)
    await rig.connect(forum, 'eve')
    forum.notify({ user: 'eve', type: 'mentioned', from: 'mika', topicTitle: 'Confidential' })
    await rig.pass(2 * 60_000, [forum])
    await rig.run('quiet.pause', { for: 'open' })
    expect(await rig.run('account.revoke', { account: 'nobody' })).toMatchObject({ ok: false })
    await rig.engine.stop()
    expect(noted.map(([event]) => event)).toEqual([
      ...['start', 'vault', 'sign-in began', 'account', 'sign-in', 'account', 'alert', 'quiet', 'command', 'stop'],
    ])
    expect(noted).toContainEqual(['sign-in began', { host, method: 'redirect' }])
    expect(noted).toContainEqual(['sign-in', { host, state: 'done' }])
    expect(noted).toContainEqual(['account', { host, state: 'fresh' }])
    expect(noted).toContainEqual(['alert', { outcome: 'shown' }])
    expect(noted).toContainEqual(['quiet', { reason: 'paused' }])
    expect(noted).toContainEqual(['command', { command: 'account.revoke', code: 'account_unknown' }])
    expect(JSON.stringify(noted)).not.toMatch(/eve|mika|Confidential|Secret|\?|payload/)
    expect(forum.secretsIn(JSON.stringify(noted))).toEqual([])
  })

  it('tells once that a forum refuses, and nothing while all is well', async () => {
    const { noted, log } = events()
    const forum = await forumOf()
    const rig = await rigOf({ log })
    const { host } = new URL(forum.url)
    await rig.connect(forum, 'eve')
    noted.length = 0
    await rig.pass(60_000, [forum])
    expect(noted).toEqual([])
    forum.revokeKeys('eve')
    await rig.run('account.refresh', {})
    await rig.run('account.refresh', {})
    // A minute later the key is given up.
    rig.clock.advance(61_000)
    await rig.run('account.refresh', {})
    await rig.run('account.refresh', {})
    expect(noted.filter(([event]) => event === 'account')).toEqual([
      ['account', { host, state: 'stale', code: 'access_doubted' }],
      ['account', { host, state: 'needsSignIn', code: 'access_refused' }],
    ])
  })
})

describe('what is noted of a failure', () => {
  it('is its code, the host and the system’s code', () => {
    const params = { reason: 'EACCES', file: '/home/eve/settings.json' }
    expect(failureParams({ code: 'settings_not_saved', params })).toEqual({
      code: 'settings_not_saved',
      reason: 'EACCES',
    })
    expect(failureParams({ code: 'command_invalid', params: { reason: 'Expected "x" but received "eve"' } })).toEqual({
      code: 'command_invalid',
    })
    expect(failureParams({ code: 'site_unavailable', params: { host: 'meta.example', status: 502 } })).toEqual({
      code: 'site_unavailable',
      host: 'meta.example',
      status: 502,
    })
  })
})
