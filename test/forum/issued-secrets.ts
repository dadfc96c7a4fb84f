import { createHash } from 'node:crypto'

type SecretKind = 'key' | 'nonce' | 'one-time password' | 'device code'

/**
 * What only this forum and its client may know, kept as hashes: enough to recognise a secret that turns up elsewhere.
 * All of them are 32 or 64 hex digits; a client's nonce of another shape is not remembered.
 */
export class IssuedSecrets {
  readonly #kinds = new Map<string, SecretKind>()

  note(kind: SecretKind, secret: string): void {
    if (/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/.test(secret)) this.#kinds.set(hash(secret), kind)
  }

  /** The kinds of secrets a text holds, in the order they appear. */
  in(text: string): readonly SecretKind[] {
    const found = text.match(/(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f])/g) ?? []
    return found.flatMap((word) => this.#kinds.get(hash(word)) ?? [])
  }

  get size(): number {
    return this.#kinds.size
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
