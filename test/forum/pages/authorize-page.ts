import { html } from 'hono/html'
import type { KeyRequest } from '../key-request.ts'
import { redirectHost } from '../redirect-rules.ts'
import { scopeInWords } from '../scopes.ts'
import type { User } from '../user-store.ts'
import { csrfField, type Html, hiddenField, layout, type PageContext, timeInWords } from './layout.ts'

/** The page on which a member grants an application its key (protocol.md 1.2). `end` of the access in milliseconds. */
export function authorizePage(page: PageContext, request: KeyRequest, user: User, end: number | null): Html {
  const { site } = page
  const warns = site.profile.warnsOnAuthorizePage
  const host = warns && request.authRedirect !== undefined ? redirectHost(request.authRedirect) : null
  return layout(
    page,
    'Authorize application access',
    html`<p><strong>${request.applicationName}</strong> asks for access to your account <strong>${user.username}</strong>:</p>
      <ul>
        ${request.scopes.map((scope) => html`<li>${scopeInWords(scope)}</li>`)}
      </ul>
      ${
        warns && request.scopes.includes('write')
          ? html`<p class="warning">This application could change anything on your behalf.</p>`
          : ''
      }
      ${host === null ? '' : html`<p class="warning">You will be sent to <strong>${host}</strong>.</p>`}
      ${end === null ? '' : html`<p>The access ends on ${timeInWords(end)}.</p>`}
      <p class="muted">Only go on if you started this yourself. To refuse, close this page.</p>
      <form method="post" action="${site.path}/user-api-key" id="authorize">
        ${csrfField(page)} ${formFields(request).map(([name, value]) => hiddenField(name, value))}
        <div class="actions"><button>Authorize</button></div>
      </form>`,
  )
}

function formFields(request: KeyRequest): [string, string][] {
  const optional: [string, string | undefined][] = [
    ['auth_redirect', request.authRedirect],
    ['push_url', request.pushUrl],
    ['padding', request.padding],
    ['expires_in_seconds', request.expiresInSeconds],
  ]
  return [
    ['application_name', request.applicationName],
    ['nonce', request.nonce],
    ['client_id', request.clientId],
    ['public_key', request.publicKeyPem],
    ['scopes', request.scopes.join(',')],
    ...optional.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  ]
}
