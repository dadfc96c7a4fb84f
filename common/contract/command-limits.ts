/** What is taken of commands, from whichever page or program they come. */
export const commandLimits = {
  /** In bytes of JSON. Imported settings are the largest input. */
  bytes: 1_048_576,
  /**
   * The most values in the JSON, including lists and objects. The settings of a thousand accounts, which undo an import, are
   * some 12,000, and a few thousand more with the topics that were muted.
   */
  values: 20_000,
  /** The most that each way in has in progress at a time; one more is refused. The page sends one at each press. */
  inProgress: 100,
  /** The most streams of changes or alerts that are open at a time, over all pages or over all programs. */
  streams: 100,
} as const
