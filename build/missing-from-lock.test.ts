import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingFromLock } from './missing-from-lock.mjs'

describe('the lock file', () => {
  it('holds the packages for every system; otherwise run `npm run lock`', () => {
    const { packages } = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'))
    expect(missingFromLock(packages)).toEqual([])
  })

  it('is searched in the order of Node’s module resolution', () => {
    const packages = {
      '': {},
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' }, dev: true },
      'node_modules/a/node_modules/a-linux': {},
      'node_modules/b': {},
      'node_modules/b/node_modules/c': { optionalDependencies: { 'a-inner': '2.0.0', b: '1.0.0' } },
      'node_modules/b/node_modules/a-inner': {},
    }
    expect(missingFromLock(packages)).toEqual([{ name: 'a-darwin', version: '1.0.0', isForDevelopment: true }])
  })
})
