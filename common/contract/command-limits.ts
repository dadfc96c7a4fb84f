/** The largest input of a command that is read, from whichever page or program it comes. */
export const commandLimits = {
  /** In bytes of JSON. Imported settings are the largest input. */
  bytes: 1_048_576,
  /**
   * The most values in the JSON, including lists and objects. The settings of a thousand accounts, which undo an import, are
   * some 12,000, and a few thousand more with the topics that were muted.
   */
  values: 20_000,
} as const
