import type { User } from './user-store.ts'

const MAX_REDIRECTS = 6

/** A page as the browser shows it, or the redirect that leaves the forum. */
export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
  /** Where a redirect off the forum leads. */
  readonly location: string | null
}

export type Browse = (url: string, form?: Readonly<Record<string, string>>) => Promise<Page>

/** A browser with cookies of its own that follows redirects within the forum and stops at those that leave it. */
export function startBrowser(): Browse {
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

/** Opens an address, and logs in when the forum, or its identity provider, asks for it. */
export async function openLoggedIn(browse: Browse, url: string, user: User): Promise<Page> {
  const page = await browse(url)
  const login = formWith(page, '/login')
  return login === null
    ? page
    : browse(new URL(login.action, page.url).href, {
        ...login.fields,
        login: user.username,
        password: user.password,
      })
}

/** Fills the form in and presses its button. `null` when the page has no such form. */
export async function submit(
  browse: Browse,
  page: Page,
  ending: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<Page | null> {
  const form = formWith(page, ending)
  return form === null ? null : browse(new URL(form.action, page.url).href, { ...form.fields, ...typed })
}

/** Status and sentence of a page, to explain what stood in the way. */
export function describe({ status, text }: Page): string {
  const sentence = /<p class="error"[^>]*>([^<]*)</.exec(text)?.[1]
  return `${status}: ${unescapeHtml(sentence ?? text.slice(0, 200))}`
}

export function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

interface Form {
  readonly action: string
  /** The hidden fields. */
  readonly fields: Record<string, string>
}

/** The form whose address ends so, without its query. */
function formWith(page: Page, ending: string): Form | null {
  for (const [, action = '', body = ''] of page.text.matchAll(
    /<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs,
  )) {
    if (action.split('?')[0]?.endsWith(ending) !== true) continue
    const fields = body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
    return {
      action: unescapeHtml(action),
      fields: Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, unescapeHtml(value)])),
    }
  }
  return null
}
