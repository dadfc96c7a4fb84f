import { equal } from './expectations.ts'
import type { Answer, Fields } from './http.ts'
import { type JsonObject, objectIn, textIn } from './json.ts'
import type { Member } from './member.ts'
import type { Site } from './site.ts'

export interface Device {
  readonly deviceCode: string
  readonly userCode: string
  readonly requestToken: string
}

/** Asks for a code, as the device does. */
export function askForDevice(site: Site, changes: Fields = {}): Promise<Answer> {
  const json = site.application.request({ padding: 'oaep', scopes: 'read', ...changes })
  return site.sendWithRetry('POST', '/user-api-key/device.json', { json })
}

export async function createDevice(site: Site, changes: Fields = {}): Promise<Device> {
  const answer = await askForDevice(site, changes)
  equal(answer.status, 200, 'status of the device request')
  const uri = new URL(textIn(answer.json['verification_uri_with_request']))
  return {
    deviceCode: textIn(answer.json['device_code']),
    userCode: textIn(answer.json['user_code']),
    requestToken: uri.searchParams.get('request') ?? '',
  }
}

export async function poll(site: Site, { deviceCode }: Device): Promise<JsonObject> {
  const json = { device_code: deviceCode }
  const answer = await site.sendWithRetry('POST', '/user-api-key/device/poll.json', { json })
  equal(answer.status, 200, 'status of the poll')
  return answer.json
}

export async function pollStatus(site: Site, device: Device): Promise<unknown> {
  return (await poll(site, device))['status']
}

/** Types the code, with `.json` to see the state of the page. */
export async function enterCode(member: Member, code: string): Promise<JsonObject> {
  const answer = await member.post('/user-api-key/activate.json', { code })
  equal(answer.status, 200, 'status of the code entry')
  return answer.json
}

export async function approvalTokenOf(member: Member, { userCode }: Device): Promise<string> {
  return textIn((await enterCode(member, userCode))['approval_token'])
}

/** Approves by the link and the code, which works any number of times in one browser session (protocol.md 14.11). */
export function approveByLink(member: Member, { requestToken, userCode }: Device): Promise<JsonObject> {
  return decide(member, 'authorize', { request: requestToken, code: userCode })
}

export async function decide(member: Member, what: 'authorize' | 'deny', form: Fields): Promise<JsonObject> {
  return (await member.post(`/user-api-key/device/${what}.json`, form)).json
}

export function deviceAuthIn(model: JsonObject): JsonObject {
  return objectIn(model['device_auth'])
}
