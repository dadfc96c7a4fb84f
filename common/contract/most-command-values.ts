/**
 * The most values in the JSON of a command, including lists and objects. The settings of a thousand accounts, which undo
 * an import, are some 12,000, and a few thousand more with the topics that were muted.
 */
export const mostCommandValues = 20_000
