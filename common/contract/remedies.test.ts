import { readFileSync } from 'node:fs'
import * as path from 'node:path'
import { expect, it } from 'vitest'
import { failureCodes } from './failure.ts'
import { remedies } from './remedies.ts'

const texts = JSON.parse(readFileSync(path.join(import.meta.dirname, '../i18n/locales/en.json'), 'utf8'))
const sentence = (code: string): string => texts.failure[code]

it('every failure whose sentence sends the user to a place has the way there as a button', () => {
  const missing = failureCodes.filter((code) => {
    const has = (remedy: (typeof remedies)[typeof code][number]) => remedies[code].includes(remedy)
    return (
      (/in your browser, log in|lets in only browsers|Open the forum in your browser/.test(sentence(code)) &&
        !has('openSite')) ||
      (/the proxy’s address|trusted ones/.test(sentence(code)) && !has('network')) ||
      (/move your account too/.test(sentence(code)) && !has('move')) ||
      (/[Tt]ry again(?: later| in a few minutes)?\.$/.test(sentence(code)) && !has('tryAgain'))
    )
  })
  expect(missing).toEqual([])
})
