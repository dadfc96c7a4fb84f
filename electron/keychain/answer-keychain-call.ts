import * as v from 'valibot'
import { keychainCallSchema } from '../../engine/storage/keychain/keychain-subprocess.ts'

/** What the process that calls the keychain sends back. */
export const keychainAnswerSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.nullable(v.union([v.string(), v.boolean()])) }),
  v.object({ ok: v.literal(false), message: v.string() }),
])

export type KeychainAnswer = v.InferOutput<typeof keychainAnswerSchema>

/** The part of keytar that is called. */
export interface Keytar {
  getPassword(service: string, item: string): Promise<string | null>
  setPassword(service: string, item: string, text: string): Promise<void>
  deletePassword(service: string, item: string): Promise<boolean>
}

/** Makes the call that a message asks for. An error becomes an answer too, with keytar's own text. */
export const answerKeychainCall = async (message: unknown, load: () => Promise<Keytar>): Promise<KeychainAnswer> => {
  try {
    const { name, args } = v.parse(keychainCallSchema, message)
    const [service = '', item = '', text = ''] = args
    const keytar = await load()
    switch (name) {
      case 'getPassword':
        return { ok: true, value: await keytar.getPassword(service, item) }
      case 'setPassword':
        await keytar.setPassword(service, item, text)
        return { ok: true, value: null }
      case 'deletePassword':
        return { ok: true, value: await keytar.deletePassword(service, item) }
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'unknown' }
  }
}
