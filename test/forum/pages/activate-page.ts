import { html } from 'hono/html'
import type { DeviceRequest } from '../device-requests.ts'
import { scopeInWords } from '../scopes.ts'
import type { User } from '../user-store.ts'
import { csrfField, type Html, hiddenField, layout, type PageContext, timeInWords } from './layout.ts'

/** Where a member is on the way to letting a device in (protocol.md 1.10). */
export type Activation =
  | { readonly state: 'enter_code'; readonly mistake: 'invalid_code' | 'expired_code' | null }
  | {
      readonly state: 'authorize'
      /** From the address: the code is still to be typed. */
      readonly requestToken: string | null
      /** The code was right. */
      readonly approvalToken: string | null
      readonly noTrustLevel: boolean
      readonly invalidCode: boolean
      readonly device: DeviceRequest
      readonly user: User
    }
  | { readonly state: 'complete'; readonly denied: boolean }

const TITLE = 'Connect an application'
const MISTAKES = {
  invalid_code: 'There is no such code. Compare it with the one your application shows.',
  expired_code: 'This code has expired or was used already. Start again in your application.',
} as const

/** The page for each state: enter the code, authorize or deny, and that it is done. */
export function activatePage(page: PageContext, activation: Activation): Html {
  switch (activation.state) {
    case 'enter_code':
      return layout(page, TITLE, codeForm(page, activation.mistake))
    case 'complete':
      return layout(
        page,
        TITLE,
        activation.denied
          ? html`<p>You refused. The application has no access.</p>`
          : html`<p>The application now has access to your account. You can close this page.</p>`,
      )
    case 'authorize':
      return layout(page, TITLE, authorization(page, activation))
  }
}

function authorization(page: PageContext, activation: Extract<Activation, { readonly state: 'authorize' }>): Html {
  const { device, user, noTrustLevel, approvalToken } = activation
  const { request, plan } = device
  return html`<p>
      <strong>${request.applicationName}</strong> asks for access to your account <strong>${user.username}</strong>:
    </p>
    <ul>
      ${request.scopes.map((scope) => html`<li>${scopeInWords(scope)}</li>`)}
    </ul>
    ${
      request.scopes.includes('write')
        ? html`<p class="warning">This application could change anything on your behalf.</p>`
        : ''
    }
    ${
      device.unregisteredClient
        ? html`<p class="warning">This site does not know the application. Its name is what it says of itself.</p>`
        : ''
    }
    ${plan.expiresAt === null ? '' : html`<p>The access ends on ${timeInWords(plan.expiresAt)}.</p>`}
    ${
      noTrustLevel
        ? html`<p class="error">You do not have the trust level this site requires for user API keys.</p>`
        : approvalToken === null
          ? codeForm(page, activation.invalidCode ? 'invalid_code' : null)
          : decision(page, approvalToken)
    }`
}

/** The code is typed by hand, always: it is how the member shows that the application is before them. */
function codeForm(page: PageContext, mistake: keyof typeof MISTAKES | null): Html {
  return html`${mistake === null ? '' : html`<p class="error" role="alert">${MISTAKES[mistake]}</p>`}
    <form method="post" action="${page.site.path}/user-api-key/activate">
      ${csrfField(page)}
      <label for="code">Code</label>
      <input id="code" name="code" autocomplete="off" autofocus required placeholder="XXXX-XXXX" />
      <p class="muted">Type the code that your application shows.</p>
      <div class="actions"><button>Continue</button></div>
    </form>`
}

function decision(page: PageContext, approvalToken: string): Html {
  const form = (what: 'authorize' | 'deny', button: Html): Html =>
    html`<form method="post" action="${page.site.path}/user-api-key/device/${what}">
      ${csrfField(page)} ${hiddenField('approval_token', approvalToken)} ${button}
    </form>`
  return html`<p class="muted">Only go on if you started this yourself.</p>
    <div class="actions choice">
      ${form('authorize', html`<button>Authorize</button>`)}
      ${form('deny', html`<button class="quiet">Deny</button>`)}
    </div>`
}
