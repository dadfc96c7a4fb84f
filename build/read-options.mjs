import { parseArgs } from 'node:util'

/**
 * Reads the options of a development program. `--help` prints the usage and exits with 0; a wrong option prints one
 * sentence and exits with 2. Call it first, so that neither starts anything.
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
