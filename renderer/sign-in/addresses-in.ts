import { pastedAddress } from '../../common/contract/pasted-address.ts'

/** More than anyone would approve one after the other. */
const most = 20

/**
 * The addresses in a text that is a list of them, however they are separated; a text with other words among them is
 * taken for one address with words around it.
 * @returns each once, at most 20, as the user wrote them but without surrounding punctuation; empty if there are fewer
 * than two
 */
export const addressesIn = (text: string): readonly string[] => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  if (words.length < 2) return []
  const addresses = new Set<string>()
  for (const word of words) {
    const address = pastedAddress(word)
    if (address === null) return []
    addresses.add(address)
  }
  return addresses.size < 2 ? [] : [...addresses].slice(0, most)
}
