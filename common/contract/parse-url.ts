/**
 * Parses an address; undefined when it is none. `URL.canParse` is not used: once Node 20 and 22 have optimized it, after a
 * few thousand calls, it refuses addresses with letters such as `ü`, which `new URL` accepts
 * (github.com/AikidoSec/firewall-node/pull/1086).
 * @param base what a relative address is resolved against
 */
export const parseUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
