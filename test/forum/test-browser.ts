/** A logged-in browser for the forum's own tests: sends the session cookie and, when asked, the CSRF token. */
export interface TestBrowser {
  readonly csrfToken: string
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
}

export async function logIn(forumUrl: string, username: string, password = 'password'): Promise<TestBrowser> {
  const answer = await fetch(`${forumUrl}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ login: username, password }),
  })
  const session = answer.headers.getSetCookie().find((line) => line.startsWith('_t='))
  if (session === undefined) throw new Error(`Login gave ${answer.status} and no session.`)
  const cookie = session.split(';')[0] ?? ''
  const token = await fetch(`${forumUrl}/session/csrf.json`, { headers: { cookie } })
  const { csrf }: { csrf: string } = JSON.parse(await token.text())
  return {
    csrfToken: csrf,
    get: (path, headers = {}) =>
      fetch(`${forumUrl}${path}`, { redirect: 'manual', headers: { accept: 'text/html', ...headers, cookie } }),
    post: (path, form, headers = {}) =>
      fetch(`${forumUrl}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', ...headers, cookie },
        body: new URLSearchParams({ authenticity_token: csrf, ...form }),
      }),
  }
}
