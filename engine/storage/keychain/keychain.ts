/** The part of an operating system's keychain that the vault uses: named items that hold text. */
export interface Keychain {
  /** null when there is no such item; throws when the keychain does not respond. */
  get(item: string): Promise<string | null>
  set(item: string, text: string): Promise<void>
  remove(item: string): Promise<void>
}
