import * as path from 'node:path'

/**
 * The command that starts this program again: Node and its script. The desktop app, which passes its arguments to this
 * command line, leaves the script empty if the program is a package (electron/start.ts).
 */
export const ownCommand = (): readonly [program: string, ...script: readonly string[]] => {
  const [program = process.execPath, script = ''] = process.argv
  return script === '' ? [program] : [program, path.resolve(script)]
}
