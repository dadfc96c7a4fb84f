/**
 * Parses an address; undefined when it is none. `URL.canParse` is not asked: once Node 20 and 22 have optimised it, after a few thousand calls,
 * it refuses addresses with letters such as `ü`, which `new URL` takes (github.com/AikidoSec/firewall-node/pull/1086).
 * @param base what a relative address goes by
 */
export const parseUrl = (text: string, base?: string): URL | undefined => {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
