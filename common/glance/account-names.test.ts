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
