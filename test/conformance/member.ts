import { type Answer, type Fields, type Sending, send } from './http.ts'
import { textIn } from './json.ts'

/** A browser: it keeps its cookies, and sends the CSRF token of its session with everything but a GET. */
export interface Browser {
  get(path: string, query?: Fields): Promise<Answer>
  post(path: string, form: Fields): Promise<Answer>
}

/** A member's browser, logged in. */
export interface Member extends Browser {
  readonly username: string
}

const XHR = { 'x-requested-with': 'XMLHttpRequest' } as const

/** A browser without a login. */
export function openBrowser(base: string): Browser {
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
  let token: string | undefined
  const csrfToken = async (): Promise<string> => {
    token ??= textIn((await withCookies('GET', '/session/csrf.json', { headers: XHR })).json['csrf'])
    return token
  }
  return {
    get: (path, query) => withCookies('GET', path, query === undefined ? {} : { query }),
    post: async (path, form) => {
      const headers = { 'x-csrf-token': await csrfToken() }
      // Logging in begins a new session, whose token is another.
      if (path === '/session.json') token = undefined
      return withCookies('POST', path, { form, headers: path === '/session.json' ? { ...headers, ...XHR } : headers })
    },
  }
}

/**
 * Logs in as the web client does.
 * @throws Error when the forum does not let this member in.
 */
export async function logIn(base: string, username: string, password: string): Promise<Member> {
  const browser = openBrowser(base)
  const answer = await browser.post('/session.json', { login: username, password })
  if (answer.json['user'] === undefined) {
    throw new Error(`${username} cannot log in: ${answer.status} ${answer.text.slice(0, 200)}`)
  }
  return { username, ...browser }
}
