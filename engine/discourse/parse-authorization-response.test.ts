import { describe, expect, it } from 'vitest'
import { fc } from '../../test/rig/properties.ts'
import { parseAuthorizationResponse } from './parse-authorization-response.ts'

/** As a key of 2048 bits gives it: 256 bytes. */
const payload = `${'Ab+/7cD'.repeat(49).slice(0, 342)}==`
const encoded = encodeURIComponent(payload)

describe('parseAuthorizationResponse', () => {
  it.each([
    ['the redirect', `discourse://auth_redirect?payload=${encoded}`],
    ['a closing slash', `discourse://auth_redirect/?payload=${encoded}`],
    ['capitals', `DISCOURSE://AUTH_REDIRECT?payload=${encoded}`],
    ['a one-time password beside it', `discourse://auth_redirect?payload=${encoded}&oneTimePassword=abc`],
    [
      'line ends as Discourse writes them',
      `discourse://auth_redirect?payload=${encodeURIComponent(payload.replace(/.{60}/g, '$&\n'))}`,
    ],
    ['a launcher that decoded twice', `discourse://auth_redirect?payload=${encoded.replaceAll('%2B', '+')}`],
    ['the pasted code', payload],
    ['the pasted code in lines', `\n  ${payload.replace(/.{60}/g, '$&\r\n')}\n`],
    ['what Chromium copies from the page, a space for each line break', payload.replace(/.{60}/g, '$& ')],
    ['the code with spaces of other kinds', payload.replace(/.{60}/g, '$&\u00a0\u2028\u3000\u200b')],
    ['the code without its `=`', payload.replaceAll('=', '')],
    ['the code in quotes', `“${payload}”`],
    [
      'the sentence above it pasted along',
      `We just generated a new user API key for you to use with "", please paste the following key into your application:\n\n${payload.replace(/.{60}/g, '$& ')}`,
    ],
    ['words on both sides, with nothing but spaces between', `your application ${payload} Copy`],
    ['a word that grew onto its end', `${payload}Copy`],
    ['a word that grew onto its beginning', `application${payload}`],
    ['the lines of a quoted mail', payload.replace(/.{60}/g, '$&\n> ')],
    ['the lines with the tags of the page', `<code>${payload.replace(/.{60}/g, '$&<br>\n')}</code>`],
    ['a text of JSON', JSON.stringify({ payload: payload.replace(/.{60}/g, '$&\n') })],
    [
      'a text of JSON as Ruby writes it',
      `{"payload":"${payload.replace(/.{60}/g, '$&\\n').replaceAll('=', '\\u003d')}"}`,
    ],
    ['a redirect that was encoded twice', `discourse://auth_redirect?payload=${encodeURIComponent(encoded)}`],
    ['the code with spaces that were `+` in an address', payload.replaceAll('+', ' ')],
    ['an address of the code in brackets', `<discourse://auth_redirect?payload=${encoded}>`],
    ['an address at the end of a sentence', `discourse://auth_redirect?payload=${encoded}.`],
    ['an address in the source of a page', `<a href="discourse://auth_redirect?payload=${encoded}">Continue</a>`],
    ['HTML entities', payload.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&equals;')],
    ['HTML entities that were escaped once more', payload.replaceAll('+', '&amp;#43;')],
    ['tags that were escaped', `&lt;code&gt;${payload.replace(/.{60}/g, '$&&lt;br&gt;')}&lt;/code&gt;`],
    ['the colours of a terminal', `\u001b[32m${payload.replace(/.{60}/g, '$&\u001b[0m\n\u001b[1;32m')}\u001b[0m`],
    ['fullwidth letters', payload.replace(/./g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0))],
  ])('reads %s', (_, text) => {
    expect(parseAuthorizationResponse(text)).toEqual({ ok: true, value: { payloads: [payload] } })
  })

  it.each([
    ['numbers', (line: string, index: number) => `${index + 1}. ${line}`],
    ['numbers in a column', (line: string, index: number) => `  ${index + 1} | ${line}`],
    ['names and times of a chat', (line: string, index: number) => `[10:0${index}] nora: ${line}`],
    ['quotes and a sign between them', (line: string) => `'${line}' +`],
    ['the marks of a word processor', (line: string) => `${line}\\par`],
  ])('finds the code in lines with %s', (_, lineOf) => {
    const lines = payload.match(/.{1,60}/g) ?? []
    const read = parseAuthorizationResponse(lines.map(lineOf).join('\n'))
    expect(read).toMatchObject({ ok: true, value: { payloads: expect.arrayContaining([payload]) } })
  })

  it('reads a redirect inside a mail filter’s URL, more of which may look like a code', () => {
    const inside = encodeURIComponent(`discourse://auth_redirect?payload=${encoded}`)
    const read = parseAuthorizationResponse(`https://filter.example/?url=${inside}&data=05%7C01`)
    expect(read).toMatchObject({ ok: true, value: { payloads: expect.arrayContaining([payload]) } })
  })

  it.each([
    ['the last lines are missing', payload.slice(0, 240)],
    ['the first line is missing', payload.slice(60)],
    ['one character is missing', payload.slice(1)],
    ['the redirect ends early', `discourse://auth_redirect?payload=${encoded.slice(0, 255)}`],
    ['the redirect was shortened for display', `discourse://auth_redirect?payload=${encoded.slice(0, 180)}…`],
    [
      'the redirect ends inside an escaped character',
      `discourse://auth_redirect?payload=${encoded.slice(0, encoded.lastIndexOf('%', 240) + 2)}`,
    ],
    [
      'the sentence came along, and part of the code',
      `paste the following key into your application: ${payload.slice(0, 180)}`,
    ],
  ])('says that a code is cut when %s', (_, text) => {
    expect(parseAuthorizationResponse(text)).toEqual({ ok: false, failure: { code: 'payload_cut' } })
  })

  it('reads a one-time password beside the payload and alone', () => {
    expect(
      parseAuthorizationResponse(`discourse://auth_redirect?payload=${encoded}&oneTimePassword=${encoded}`),
    ).toEqual({
      ok: true,
      value: { payloads: [payload], oneTimePassword: payload },
    })
    expect(parseAuthorizationResponse(`discourse://auth_redirect?oneTimePassword=${encoded}`)).toEqual({
      ok: true,
      value: { oneTimePassword: payload },
    })
  })

  it.each([
    ['nothing', ''],
    ['another host', `discourse://auth_redirect.example?payload=${encoded}`],
    ['no host', `discourse:auth_redirect?payload=${encoded}`],
    ['a path', `discourse://auth_redirect/x?payload=${encoded}`],
    ['a user', `discourse://eve@auth_redirect?payload=${encoded}`],
    ['a port', `discourse://auth_redirect:80?payload=${encoded}`],
    ['a fragment', `discourse://auth_redirect?payload=${encoded}#x`],
    ['two payloads', `discourse://auth_redirect?payload=${encoded}&payload=${encoded}`],
    ['no payload', 'discourse://auth_redirect'],
    ['an empty payload', 'discourse://auth_redirect?payload='],
    ['two one-time passwords', `discourse://auth_redirect?oneTimePassword=${encoded}&oneTimePassword=${encoded}`],
    ['too short a one-time password', 'discourse://auth_redirect?oneTimePassword=abc'],
    ['an empty payload before one', `discourse://auth_redirect?payload=&oneTimePassword=${encoded}`],
    ['a one-time password on another host', `discourse://example?oneTimePassword=${encoded}`],
    ['letters that are not Base64 in a redirect', `discourse://auth_redirect?payload=${encoded}%3Cscript%3E`],
    ['too short a text to be a code', payload.slice(0, 30)],
    ['a sentence', 'We just generated a new user API key for you to use with Discourse Notifier'],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('refuses %s', (_, text) => {
    expect(parseAuthorizationResponse(text)).toEqual({ ok: false, failure: { code: 'redirect_invalid' } })
  })

  it('finds a whole code, however it is wrapped and whatever surrounds it', () => {
    const space = fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\r\n',
      '\u0085',
      '\u00a0',
      '\u1680',
      '\u2003',
      '\u2028',
      '\u202f',
      '\u3000',
      '\ufeff',
      '\u200b',
    )
    const gap = fc.array(space, { minLength: 1, maxLength: 4 }).map((spaces) => spaces.join(''))
    const code = fc.uint8Array({ minLength: 256, maxLength: 256 }).map((bytes) => Buffer.from(bytes).toString('base64'))
    const around = fc.oneof(
      fc.lorem(),
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/=/g, '')),
    )
    fc.assert(
      fc.property(
        code,
        fc.array(fc.tuple(fc.nat(343), gap), { maxLength: 40 }),
        fc.boolean(),
        gap,
        around,
        around,
        (whole, breaks, isPadded, between, before, after) => {
          const places = breaks.toSorted(([a], [b]) => b - a)
          let text = isPadded ? whole : whole.replaceAll('=', '')
          for (const [at, spaces] of places) text = text.slice(0, at) + spaces + text.slice(at)
          // A text that begins with our scheme is an address, and read strictly.
          const result = parseAuthorizationResponse(`: ${before}${between}${text}${between}${after}`)
          expect(result.ok && result.value.payloads).toContain(whole)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('reports that a code is cut off, however it is wrapped', () => {
    const code = fc.uint8Array({ minLength: 256, maxLength: 256 }).map((bytes) => Buffer.from(bytes).toString('base64'))
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 70 }), fc.integer({ min: 120, max: 341 }), (whole, width, length) => {
        const text = whole.slice(0, length).replace(new RegExp(`.{${width}}`, 'g'), '$& ')
        expect(parseAuthorizationResponse(text)).toEqual({ ok: false, failure: { code: 'payload_cut' } })
      }),
      { numRuns: 2000 },
    )
  })

  it('returns Base64 or refuses, whatever the input', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'discourse://',
        'DISCOURSE:',
        'auth_redirect',
        '?payload=',
        '&payload=',
        '?oneTimePassword=',
        '&oneTimePassword=',
        '#',
        '@',
        ':80',
        '%00',
        '%0A',
      ),
      fc.constant(encoded),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const result = parseAuthorizationResponse(parts.join(''))
        if (result.ok) {
          const { payloads = [], oneTimePassword } = result.value
          const given = oneTimePassword === undefined ? payloads : [...payloads, oneTimePassword]
          expect(given.length).toBeGreaterThan(0)
          for (const part of given) expect(part).toMatch(/^[A-Za-z0-9+/]{342}==$/)
        } else expect(['redirect_invalid', 'payload_cut']).toContain(result.failure.code)
      }),
      { numRuns: 10_000 },
    )
  })
})
