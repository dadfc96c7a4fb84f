import * as nodeModule from 'node:module'
import * as path from 'node:path'

/**
 * Has V8 keep what it made of our code for the next start, where Node can do that (22.1 and newer).
 *
 * The folder is this user's own, not the one for temporary files that Node would take: what lies there is run as our code.
 * Not on macOS: there the system hands our keys to the signed program alone, and a cache that anything may write would
 * stand beside the signature.
 */
export const codeCache = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): void => {
  const enable: unknown = Reflect.get(nodeModule, 'enableCompileCache')
  const folder = codeCacheFolder(platform, env, home)
  if (typeof enable === 'function' && folder !== undefined) enable(folder)
}

/** Where each system has its users' caches; undefined where there is to be none. */
export const codeCacheFolder = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string | undefined => {
  if (platform === 'darwin') return undefined
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] || path.join(home, 'AppData', 'Local'), 'Discourse Notifier', 'code')
  return path.join(env['XDG_CACHE_HOME'] || path.join(home, '.cache'), 'discourse-notifier', 'code')
}
