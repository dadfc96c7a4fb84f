import { describe, expect, it } from 'vitest'
import { account, notification, snapshot } from '../testing/samples.ts'
import { countedRows } from './counted-rows.ts'
import { newsFirst } from './news-first.ts'

const items = [5, 4, 3, 2].map((id) => notification({ id, read: id !== 3 }))

describe('what is new, first', () => {
  it('is the newest row of each account and all that are unread', () => {
    const { accounts } = newsFirst(snapshot({ accounts: [account({ items }), account({ id: 'none', items: [] })] }))
    expect(accounts.map((one) => one.items?.map(({ id }) => id))).toEqual([[5, 3], []])
  })

  it('leaves accounts as they are whose rows are all new, or not known yet', () => {
    const whole = snapshot({ accounts: [account({ items: items.slice(0, 1) }), account({ id: 'new', items: null })] })
    expect(newsFirst(whole).accounts.map((one, index) => one === whole.accounts[index])).toEqual([true, true])
  })

  it('has every row that a count includes', () => {
    const whole = snapshot({ accounts: [account({ items })] })
    expect(newsFirst(whole).accounts.map(countedRows)).toEqual(whole.accounts.map(countedRows))
  })
})
