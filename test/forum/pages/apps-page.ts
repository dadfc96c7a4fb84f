import { html } from 'hono/html'
import type { StoredKey } from '../key-store.ts'
import { scopeInWords } from '../scopes.ts'
import { csrfField, type Html, hiddenField, layout, type PageContext, timeInWords } from './layout.ts'

/** Preferences > Apps: what the member has granted, each with the way to take it back (protocol.md 1.7). */
export function appsPage(page: PageContext, keys: readonly StoredKey[]): Html {
  return layout(
    page,
    'Apps',
    keys.length === 0
      ? html`<p>No application has access to your account.</p>`
      : html`<ul class="rows">
          ${keys.map((key) => appRow(page, key))}
        </ul>`,
  )
}

function appRow(page: PageContext, key: StoredKey): Html {
  const revoked = key.revokedAt !== null
  return html`<li>
    <div>
      <h2 id="app-${key.id}">${key.applicationName}</h2>
      <div>${key.scopes.map(scopeInWords).join(', ')}</div>
      <div class="muted">Approved: ${timeInWords(key.createdAt)}. Last used: ${timeInWords(key.lastUsedAt)}</div>
      ${key.expiresAt === null ? '' : html`<div class="muted">Expires: ${timeInWords(key.expiresAt)}</div>`}
      ${revoked ? html`<div class="muted">Access revoked</div>` : ''}
    </div>
    <form method="post" action="${page.site.path}/user-api-key/${revoked ? 'undo-revoke' : 'revoke'}">
      ${csrfField(page)} ${hiddenField('id', String(key.id))}
      <button class="quiet" aria-describedby="app-${key.id}">${revoked ? 'Undo revoke' : 'Revoke'}</button>
    </form>
  </li>`
}
