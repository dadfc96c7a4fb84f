import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { print, printFailure, printJson } from './output.ts'

let written = ''
beforeEach(() => {
  written = ''
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written += String(text)
      return true
    })
  }
})
afterEach(() => void vi.restoreAllMocks())

/** ECMA-48 in 7 and in 8 bits, a link, a title, DEL, and what turns the text around it. */
const hostile =
  'a\u001b[2Jb\u009b2Jc\u001b]8;;http://evil.example\u0007d\u009d0;title\u009ce\u007f\u0000\rf\u202e\u2066g\u2028h\u2029i\ud800'
const obeyed = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

it('a line has our own colours and line breaks, and nothing else that a terminal obeys', () => {
  print(`\u001b[1mbold\u001b[22m\n${hostile}`)
  expect(written).toBe('\u001b[1mbold\u001b[22m\na[2Jb2Jc]8;;http://evil.exampled0;titleefghi\n')
})

it('JSON has the same value, with everything escaped that a terminal obeys', () => {
  printJson({ title: hostile.slice(0, -1) })
  expect(obeyed.test(written)).toBe(false)
  expect(JSON.parse(written)).toEqual({ title: hostile.slice(0, -1) })
})

it('a failure is one line, whatever is named in it', () => {
  const failure = { code: 'account_unknown', params: { account: `${hostile}\nready http://evil.example` } } as const
  printFailure(failure, false)
  expect(written.trimEnd().split('\n')).toHaveLength(1)
  expect(obeyed.test(written)).toBe(false)
})
