import { domainToUnicode } from 'node:url'

/**
 * A domain as it is shown: in its own script, or in ASCII where that would look like another name, as browsers decide it
 * (chromium.org/Home/chromium-security/idn). A label may mix no scripts, but Chinese, Japanese and Korean ones with each
 * other and with Latin; and it may not consist of letters that look like Latin ones, unless the top-level domain is in its
 * script too.
 * @param hostname as the URL parser writes it
 */
export const shownDomain = (hostname: string): string => {
  if (!/(?:^|\.)xn--/.test(hostname)) return hostname
  const shown = domainToUnicode(hostname)
  const labels = shown.split('.')
  const isHonest = labels.every((label) => /^[\x20-\x7e]*$/.test(label) || isOneScript(label))
  const topLevel = labels.at(-1) ?? ''
  const isDisguised = labels.some((label) =>
    disguises.some(([script, looks]) => looks.test(label) && !script.test(topLevel)),
  )
  return shown !== '' && isHonest && !isDisguised ? shown : hostname
}

/** What one label may be written in; digits and hyphens go with all. */
const alphabets: readonly RegExp[] = [
  /^[a-z\u00df-\u00f6\u00f8-\u017f\u01cd-\u01dc\u0218-\u021b\u1e00-\u1eff\d-]+$/u,
  /^[a-z\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\u3005\d-]+$/u,
  /^[a-z\p{Script=Han}\p{Script=Hangul}\d-]+$/u,
  /^[a-z\p{Script=Han}\p{Script=Bopomofo}\d-]+$/u,
  ...[
    ...['Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Thaana', 'Ethiopic', 'Devanagari', 'Bengali'],
    ...[
      'Gurmukhi',
      'Gujarati',
      'Oriya',
      'Tamil',
      'Telugu',
      'Kannada',
      'Malayalam',
      'Sinhala',
      'Thai',
      'Lao',
      'Tibetan',
    ],
    ...['Myanmar', 'Khmer'],
  ].map((script) => new RegExp(`^[\\p{Script_Extensions=${script}}\\u200c\\u200d\\d-]+$`, 'u')),
]
const isOneScript = (label: string): boolean => alphabets.some((letters) => letters.test(label))

/** Labels made of nothing but letters that look like Latin ones, by the script they are of. */
const disguises: readonly (readonly [script: RegExp, looks: RegExp])[] = [
  [/\p{Script=Cyrillic}/u, /^(?=.*\p{Script=Cyrillic})[асԁеһіјӏорԛѕԝхуъЬҽпгѵѡ\d-]+$/u],
  [/\p{Script=Greek}/u, /^(?=.*\p{Script=Greek})[αβγεηικνορτυωχ\d-]+$/u],
  [/\p{Script=Armenian}/u, /^(?=.*\p{Script=Armenian})[ոսօհցգզքյլԼ\d-]+$/u],
]
