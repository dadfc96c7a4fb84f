import { html } from 'hono/html'
import { csrfField, type Html, hiddenField, layout, type PageContext } from './layout.ts'

interface OtpModel {
  readonly application_name: string
  readonly public_key: string
  readonly auth_redirect: string | undefined
  readonly padding?: string
}

/** A member lets an application log a browser in once (protocol.md 1.8). */
export function otpPage(page: PageContext, model: OtpModel): Html {
  const fields = Object.entries(model).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return layout(
    page,
    'Log in from an application',
    html`<p><strong>${model.application_name}</strong> asks to log in to this site as you, once.</p>
      <form method="post" action="${page.site.path}/user-api-key/otp">
        ${csrfField(page)} ${fields.map(([name, value]) => hiddenField(name, value))}
        <div class="actions"><button>Continue</button></div>
      </form>`,
  )
}

/** Asks before a link logs the browser in. */
export function otpConfirmPage(page: PageContext, token: string, username: string): Html {
  return layout(
    page,
    'Log in',
    html`<p>Log in to ${page.site.title} as <strong>${username}</strong>?</p>
      <form method="post" action="${page.site.path}/session/otp/${token}">
        ${csrfField(page)}
        <div class="actions"><button>Log in</button></div>
      </form>`,
  )
}
