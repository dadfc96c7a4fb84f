import { forumAddressIn } from '../../common/contract/forum-address.ts'
import { pastedAddress } from '../../common/contract/pasted-address.ts'

/** More forums than anyone signs in to one after the other, and more text than a list of them takes. */
const most = 200
const longestText = 20_000

const bullet = /^(?:\p{P}|\p{S}|\d+[.)])+$/u
const hasScheme = /https?:\/\//i

/**
 * The addresses in a text that has several, however they are separated, with the words around them left out. In a plain
 * list a word that is no address is kept: an error then names it when its turn comes.
 * @returns each forum once, at most 200, as the user wrote them but without surrounding punctuation; empty if the text
 * has fewer than two addresses
 */
export const addressesIn = (text: string): readonly string[] => {
  const items = text
    .slice(0, longestText)
    .split(/[\r\n,;\uff0c\u3001\uff1b\u060c]+/)
    .map((item) => item.split(/\s+/).filter((word) => word !== '' && !bullet.test(word)))
  const found = items.flat().filter((word) => addressOf(word) !== null)
  if (found.length < 2) return []
  const isList = items.every((words) => words.length < 2 || words.every((word) => addressOf(word) !== null))
  // Among other words, file names and abbreviations look like addresses; one with a scheme is meant as one.
  const isStrict = !isList && found.some((word) => hasScheme.test(word))
  const addresses = new Map<string, string>()
  for (const word of items.flat()) {
    const address = isStrict && !hasScheme.test(word) ? null : (addressOf(word) ?? (isList ? word : null))
    if (address !== null && !addresses.has(keyOf(address))) addresses.set(keyOf(address), address)
  }
  return [...addresses.values()].slice(0, most)
}

/** A word's address; without a scheme its name needs a dot inside or a port, as `localhost:4200` has. */
const addressOf = (word: string): string | null => {
  const address = pastedAddress(word)
  if (address !== null) return hasScheme.test(address) || /[^\s@.]\.[^\s@.]{2,}/u.test(address) ? address : null
  return /^[a-z\d-]+:\d{2,5}$/i.test(word) ? word : null
}

/** The same for all addresses of one forum. */
const keyOf = (address: string): string =>
  (forumAddressIn(hasScheme.test(address) ? address : `https://${address}`) ?? address)
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[./]+$/, '')
