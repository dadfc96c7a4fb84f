import { type Answer, type Fields, type Sending, send } from './http.ts'
import { textIn } from './json.ts'

/** A member's browser, logged in: it sends its cookies, and the CSRF token with everything but a GET. */
export interface Member {
  readonly username: string
  get(path: string, query?: Fields): Promise<Answer>
  post(path: string, form: Fields): Promise<Answer>
}

/**
 * Logs in as the web client does.
 * @throws Error when the forum does not let this member in.
 */
export async function logIn(base: string, username: string, password: string): Promise<Member> {
  const cookies = new Map<string, string>()
  const withCookies = async (method: string, path: string, sending: Sending): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await send(base, method, path, { ...sending, headers: { ...sending.headers, cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const equals = pair.indexOf('=')
      cookies.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    return answer
  }
  const freshToken = async (): Promise<string> => {
    const answer = await withCookies('GET', '/session/csrf.json', {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    })
    return textIn(answer.json['csrf'])
  }

  const answer = await withCookies('POST', '/session.json', {
    form: { login: username, password },
    headers: { 'x-csrf-token': await freshToken(), 'x-requested-with': 'XMLHttpRequest' },
  })
  if (answer.json['user'] === undefined) {
    throw new Error(`${username} cannot log in: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
  const csrf = await freshToken()
  return {
    username,
    get: (path, query) => withCookies('GET', path, query === undefined ? {} : { query }),
    post: (path, form) => withCookies('POST', path, { form, headers: { 'x-csrf-token': csrf } }),
  }
}
