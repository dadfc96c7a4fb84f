import { randomBytes } from 'node:crypto'

/** A browser that is logged in. */
export interface Session {
  readonly token: string
  readonly userId: number
  readonly csrfToken: string
}

export class SessionStore {
  readonly #sessions = new Map<string, Session>()

  open(userId: number): Session {
    const session = { token: randomBytes(16).toString('hex'), userId, csrfToken: randomBytes(32).toString('base64url') }
    this.#sessions.set(session.token, session)
    return session
  }

  find(token: string | undefined): Session | undefined {
    return token === undefined ? undefined : this.#sessions.get(token)
  }

  close(token: string): void {
    this.#sessions.delete(token)
  }
}
