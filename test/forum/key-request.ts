import type { KeyObject } from 'node:crypto'
import type { Client, ClientStore } from './client-store.ts'
import { type Padding, parsePublicKey } from './encrypt-payload.ts'
import type { IssuedSecrets } from './issued-secrets.ts'
import { hasParam, type Params, textParam } from './params.ts'

const REQUIRED = ['nonce', 'scopes', 'client_id'] as const
const REQUIRED_FOR_OTP = ['public_key', 'auth_redirect', 'application_name'] as const

/** What an application asks for, as it stands in the query of the authorize page (protocol.md 1.2). */
export interface KeyRequest {
  readonly missing: string | undefined
  /** The client as the forum knows it already (protocol.md 1.9). */
  readonly client: Client | undefined
  readonly applicationName: string
  readonly clientId: string
  readonly nonce: string
  readonly publicKeyPem: string
  readonly publicKey: KeyObject | null
  readonly scopes: readonly string[]
  /** Present but empty is not absent: it is validated and refused. */
  readonly authRedirect: string | undefined
  readonly pushUrl: string | undefined
  readonly padding: string | undefined
  readonly expiresInSeconds: string | undefined
}

/** What granting a request will come to, known before anybody agrees to it. */
export interface KeyGrantPlan {
  readonly publicKey: KeyObject
  readonly padding: Padding
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null
  readonly push: boolean
  /** The payload does not fit the public key (protocol.md 8). */
  readonly tooLarge: boolean
}

/** What a forum knows of its clients. */
interface KnownClients {
  readonly clients: ClientStore
  readonly secrets: IssuedSecrets
}

/** A registered client's own key wins over the one sent; its name only fills in for a missing one. */
export function readKeyRequest(params: Params, { clients, secrets }: KnownClients): KeyRequest {
  const client = clients.find(textParam(params, 'client_id') ?? '')
  const missing = [
    ...REQUIRED,
    ...(client?.publicKeyPem == null ? ['public_key'] : []),
    ...(client === undefined ? ['application_name'] : []),
  ].find((name) => isBlank(params, name))
  secrets.note('nonce', textParam(params, 'nonce') ?? '')
  return { ...commonParts(params, client), missing, scopes: (textParam(params, 'scopes') ?? '').split(',') }
}

/** A request for a one-time password alone: the client is known by its public key (protocol.md 1.8). */
export function readOtpRequest(params: Params, { clients }: Pick<KnownClients, 'clients'>): KeyRequest {
  const client = clients.findByPublicKey(textParam(params, 'public_key') ?? '')
  const missing = REQUIRED_FOR_OTP.find((name) => isBlank(params, name))
  return { ...commonParts(params, client), missing, scopes: ['one_time_password'] }
}

function commonParts(params: Params, client: Client | undefined): Omit<KeyRequest, 'missing' | 'scopes'> {
  const pem = client?.publicKeyPem ?? textParam(params, 'public_key') ?? ''
  const name = textParam(params, 'application_name') ?? ''
  return {
    client,
    applicationName: name === '' ? (client?.applicationName ?? '') : name,
    clientId: textParam(params, 'client_id') ?? '',
    nonce: textParam(params, 'nonce') ?? '',
    publicKeyPem: pem,
    publicKey: parsePublicKey(pem),
    authRedirect: hasParam(params, 'auth_redirect') ? (textParam(params, 'auth_redirect') ?? '') : undefined,
    pushUrl: textParam(params, 'push_url'),
    padding: textParam(params, 'padding'),
    expiresInSeconds: textParam(params, 'expires_in_seconds'),
  }
}

function isBlank(params: Params, name: string): boolean {
  return (textParam(params, name) ?? '').trim() === ''
}
