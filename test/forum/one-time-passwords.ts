import { randomBytes } from 'node:crypto'

const LIFE = 10 * 60 * 1000

/** Passwords that log a browser in once (protocol.md 1.8). Times in milliseconds. */
export class OneTimePasswords {
  readonly #byText = new Map<string, { readonly userId: number; readonly until: number }>()

  make(userId: number, now: number): string {
    const text = randomBytes(16).toString('hex')
    this.#byText.set(text, { userId, until: now + LIFE })
    return text
  }

  /** Whose it is, without using it up; `null` when unknown, used or expired. */
  ownerOf(text: string, now: number): number | null {
    const found = this.#byText.get(text)
    return found !== undefined && found.until > now ? found.userId : null
  }

  /** Uses it up. */
  redeem(text: string, now: number): number | null {
    const userId = this.ownerOf(text, now)
    this.#byText.delete(text)
    return userId
  }
}
