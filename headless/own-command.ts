import * as path from 'node:path'

/**
 * What starts this program again: Node and its script. The desktop app, which hands over to this command line, leaves the
 * script empty where the program is a package (electron/start.ts).
 */
export const ownCommand = (): readonly [program: string, ...script: readonly string[]] => {
  const [program = process.execPath, script = ''] = process.argv
  return script === '' ? [program] : [program, path.resolve(script)]
}
