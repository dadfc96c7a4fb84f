import type { ProxyServer } from '../../common/preferences/proxy.ts'

/** One way to a forum. */
export type Route = { readonly kind: 'direct' } | ProxyServer

export const direct: Route = { kind: 'direct' }
