import type { ProxyServer } from '../../common/proxy.ts'

/** One way to a forum. */
export type Route = { readonly kind: 'direct' } | ProxyServer

export const direct: Route = { kind: 'direct' }
