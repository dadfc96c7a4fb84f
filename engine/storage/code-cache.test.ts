import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCacheFolder } from './code-cache.ts'

describe('the folder for what V8 made of our code', () => {
  it('is the user’s own', () => {
    expect(codeCacheFolder('linux', {}, '/home/eve')).toBe(
      path.join('/home/eve', '.cache', 'discourse-notifier', 'code'),
    )
    expect(codeCacheFolder('linux', { XDG_CACHE_HOME: '/c' }, '/home/eve')).toBe(
      path.join('/c', 'discourse-notifier', 'code'),
    )
    expect(codeCacheFolder('win32', { LOCALAPPDATA: 'L' }, 'H')).toBe(path.join('L', 'Discourse Notifier', 'code'))
  })

  it('is not there on macOS, where it would stand beside the signature', () => {
    expect(codeCacheFolder('darwin', {}, '/Users/eve')).toBeUndefined()
  })
})
