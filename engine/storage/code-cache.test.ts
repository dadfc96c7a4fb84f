import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCacheFolder } from './code-cache.ts'

describe('the folder of the compile cache', () => {
  it('is private to the user', () => {
    expect(codeCacheFolder('linux', {}, '/home/eve')).toBe(
      path.join('/home/eve', '.cache', 'discourse-notifier', 'code'),
    )
    expect(codeCacheFolder('linux', { XDG_CACHE_HOME: '/c' }, '/home/eve')).toBe(
      path.join('/c', 'discourse-notifier', 'code'),
    )
    expect(codeCacheFolder('win32', { LOCALAPPDATA: 'L' }, 'H')).toBe(path.join('L', 'Discourse Notifier', 'code'))
  })

  it('does not exist on macOS, where it would bypass the signature', () => {
    expect(codeCacheFolder('darwin', {}, '/Users/eve')).toBeUndefined()
  })
})
