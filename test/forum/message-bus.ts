import { setTimeout as sleep } from 'node:timers/promises'
import type { ForumContext } from './forum-context.ts'
import { viewerByKey } from './key-check.ts'
import { readParams } from './params.ts'

/** Nothing is published in this simulation: every channel is at its beginning. */
const POSITION = 0

/**
 * `POST /message-bus/<id>/poll` (protocol 5.6), which is answered before the application: no CSRF token, no read-only
 * mode. Keys are checked, limited and counted, but a key that opens nothing is no error: the client is anonymous then.
 * Gives the positions of channels asked for or named wrongly at once, and nothing after the polling interval.
 */
export async function pollMessageBus(c: ForumContext): Promise<Response> {
  const site = c.get('site')
  const params = await readParams(c)
  const key = c.get('keyHeader')
  // The scopes name the path with nothing before it, so that a forum below a folder never matches (protocol 3).
  const action = site.path === '' ? 'message_bus#poll' : 'message_bus#poll_below_folder'
  const viewer = key === undefined ? null : viewerByKey(c, key, action, params?.all ?? {})
  const anonymous = viewer === null || viewer.kind === 'refused'
  if (anonymous && site.settings.loginRequired) return c.text('Invalid Access', 403)

  const positions = Object.entries(params?.body ?? {}).filter(([channel]) => channel.startsWith('/'))
  const corrected = positions.filter(([, position]) => Number(position) === -1 || Number(position) > POSITION)
  if (corrected.length > 0) {
    const data = Object.fromEntries(corrected.map(([channel]) => [channel, POSITION]))
    return c.json([{ global_id: -1, message_id: -1, channel: '/__status', data }])
  }
  if (c.req.query('dlp') !== 't') await sleep(site.settings.longPollingSeconds * 1000, undefined, { ref: false })
  return c.json([])
}
