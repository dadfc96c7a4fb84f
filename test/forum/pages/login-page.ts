import { html } from 'hono/html'
import { type Html, layout, type PageContext } from './layout.ts'

/** The login form; `mistake` is shown above it. `action` is below the folder. */
export function loginPage(page: PageContext, username: string, mistake: string | null, action = '/login'): Html {
  return layout(
    page,
    'Log in',
    html`${mistake === null ? '' : html`<p class="error" role="alert">${mistake}</p>`}
      <form method="post" action="${page.site.path}${action}">
        <label for="login">User name</label>
        <input id="login" name="login" autocomplete="username" autofocus required value="${username}" />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <div class="actions"><button>Log in</button></div>
      </form>`,
  )
}
