import { parseArgs } from 'node:util'

/**
 * Reads the options of a development program. `--help` prints how it is called and ends the process with 0; a mistake
 * prints one sentence and ends it with 2. So neither starts anything, if this is called before anything else.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {string} usage what `--help` prints
 * @param {Options} options as `parseArgs` takes them, without `help`
 */
export const readOptions = (usage, options) => {
  const args = process.argv.slice(2)
  if (asksForHelp(args)) {
    console.log(usage.trim())
    process.exit(0)
  }
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} Try --help.`)
    process.exit(2)
  }
}

/** @param {readonly string[]} args */
export const asksForHelp = (args) => args.includes('--help') || args.includes('-h')
