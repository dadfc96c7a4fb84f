import { expect, it } from 'vitest'
import { createTranslate } from '../i18n/i18n.ts'
import { account, meta, rust } from '../testing/samples.ts'
import { accountNames } from './account-names.ts'

const names = (...accounts: Parameters<typeof accountNames>[1]) => [
  ...accountNames(createTranslate(), accounts).values(),
]

it('names an account by its forum, by the user too where there are two on one, by the host where titles are equal', () => {
  expect(names(account(), account({ id: '2', site: rust }))).toEqual(['Meta', 'Rust Users'])
  expect(names(account(), account({ id: '2', username: 'mallory' }))).toEqual(['Meta · eve', 'Meta · mallory'])
  const other = account({ id: '2', site: { ...meta, base: 'https://other.example', host: 'other.example' } })
  expect(names(account(), other)).toEqual(['Meta (meta.example)', 'Meta (other.example)'])
})

it('reads each title a few times, however many accounts there are', () => {
  let reads = 0
  const counted = (index: number) => {
    const base = `https://forum-${index}.example`
    const site = {
      ...meta,
      base,
      get title() {
        reads += 1
        return `Forum ${index}`
      },
    }
    return account({ id: String(index), site })
  }
  expect(names(...Array.from({ length: 200 }, (_, index) => counted(index)))).toHaveLength(200)
  expect(reads).toBeLessThan(200 * 5)
})
