import { describe, expect, it } from 'vitest'
import { createTranslate } from '../i18n/i18n.ts'
import { forumName } from './forum-name.ts'

const t = createTranslate()
const of = (host: string, title: string) => ({ site: { base: `https://${host}`, host, title, color: null } })
/** Without the marks that keep names apart from the text around them. */
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '')
const names = (accounts: readonly ReturnType<typeof of>[]) =>
  accounts.map(({ site }) => plain(forumName(t, site, accounts)))

describe('the name of a forum', () => {
  it('is its title', () => {
    expect(names([of('one.example', 'One'), of('two.example', 'Two')])).toEqual(['One', 'Two'])
  })

  it('has the host where another forum has the same title, or one that looks like it (case c11)', () => {
    const accounts = [of('one.example', 'Community'), of('two.example', ' community'), of('three.example', 'Other')]
    expect(names(accounts)).toEqual(['Community (one.example)', ' community (two.example)', 'Other'])
  })

  it('stays the title for several accounts on one forum', () => {
    expect(names([of('one.example', 'Community'), of('one.example', 'Community')])).toEqual(['Community', 'Community'])
  })
})
