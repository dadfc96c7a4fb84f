import type { AuthorizationResult } from './forum.ts'
import type { User } from './user-store.ts'

const MAX_REDIRECTS = 5

interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  readonly location: string | null
}

/**
 * What a person does in the browser, over real HTTP: opens the address, logs in when sent there, presses Authorize.
 * @throws Error with status and sentence of the page that stood in the way.
 */
export async function authorizeInBrowser(authorizeUrl: string, user: User): Promise<AuthorizationResult> {
  const browse = startBrowser()
  let page = await browse(authorizeUrl)
  if (formAction(page, '/login') !== null) {
    page = await browse(new URL(formAction(page, '/login') ?? '', page.url).href, {
      login: user.username,
      password: user.password,
    })
  }
  const action = formAction(page, '/user-api-key')
  if (action === null) throw new Error(`No authorize page but ${describe(page)}.`)

  const answer = await browse(new URL(action, page.url).href, hiddenFields(page.text))
  if (answer.location !== null) {
    const payload = new URL(answer.location).searchParams.get('payload')
    return { redirect: answer.location, ...(payload === null ? {} : { payload }) }
  }
  const payload = /<code id="payload">([^<]+)<\/code>/.exec(answer.text)?.[1]
  if (payload === undefined) throw new Error(`No key but ${describe(answer)}.`)
  return { payload: unescapeHtml(payload) }
}

type Browse = (url: string, form?: Readonly<Record<string, string>>) => Promise<Page>

/** A browser with cookies of its own that follows redirects within the forum and stops at those that leave it. */
function startBrowser(): Browse {
  const cookies = new Map<string, string>()
  return async (startUrl, startForm) => {
    let url = startUrl
    let form = startForm
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { accept: 'text/html', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      const text = await response.text()
      const location = response.headers.get('location')
      const target = location === null ? null : new URL(location, url)
      if (target === null || target.origin !== new URL(startUrl).origin) {
        return { url, status: response.status, text, location: target === null ? null : location }
      }
      url = target.href
      form = undefined
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects from ${startUrl}.`)
  }
}

function formAction(page: Page, ending: string): string | null {
  const actions = [...page.text.matchAll(/<form method="post" action="([^"]*)"/g)].map(([, action = '']) => action)
  return actions.find((action) => action.endsWith(ending)) ?? null
}

function hiddenFields(text: string): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, unescapeHtml(value)]))
}

function describe({ status, text }: Page): string {
  const sentence = /<p class="error"[^>]*>([^<]*)</.exec(text)?.[1]
  return `${status}: ${unescapeHtml(sentence ?? text.slice(0, 200))}`
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
