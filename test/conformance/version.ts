/** A version of Discourse with a column in protocol.md 10. */
export type Version = '2.9' | '3.4' | '3.5' | 'latest'

export const versions: readonly Version[] = ['2.9', '3.4', '3.5', 'latest']
/** Those with totals, the user menu and registered clients. */
export const sinceVersion34: readonly Version[] = versions.filter((version) => version !== '2.9')
