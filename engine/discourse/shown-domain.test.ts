import { domainToASCII } from 'node:url'
import { expect, it } from 'vitest'
import { shownDomain } from './shown-domain.ts'

it.each([
  ['forum.example'],
  ['bücher.example'],
  ['größe.de'],
  ['форум.рф'],
  ['привет.рф'],
  ['москва.com'],
  ['παράδειγμα.gr'],
  ['例え.jp'],
  ['ドメイン名例.jp'],
  ['python日本語.jp'],
  ['한국어.kr'],
  ['مثال.إختبار'],
  ['דוגמה.example'],
  ['उदाहरण.भारत'],
  ['ruhr.xn--a'],
])('%s is shown in its own script', (domain) => {
  expect(shownDomain(domainToASCII(domain) || domain)).toBe(domain)
})

it.each([
  ['Cyrillic letters among Latin ones', 'fоrum.example'],
  ['a Greek letter among Latin ones', 'fοrum.example'],
  ['an Armenian letter among Latin ones', 'fօrum.example'],
  ['Cyrillic letters that all look like Latin ones', 'аррӏе.com'],
  ['the same in a longer name', 'www.росе.example'],
  ['Greek letters that all look like Latin ones', 'ονα.com'],
  ['a slash that is none', 'forum.example⁄login.evil.example'],
  ['a letter that looks like a line', 'forumǀexample.com'],
])('%s give a name away', (_, domain) => {
  const ascii = domainToASCII(domain)
  if (ascii === '') return
  expect(shownDomain(ascii)).toBe(ascii)
  expect(ascii).toMatch(/xn--/)
})
