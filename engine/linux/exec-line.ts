/**
 * The `Exec` line of a `.desktop` file (Desktop Entry Specification 1.5).
 * @param command the program and its arguments
 */
export const execLine = (command: readonly string[]): string => {
  // GLib looks for the program before it makes one `%` of two, and would not find it.
  const started = command[0]?.includes('%') ? ['env', ...command] : command
  return `Exec=${started.map(quoteArgument).join(' ')}`
}

/**
 * Writes one argument: where it has reserved characters in double quotes with `"`, `` ` ``, `$` and `\` escaped, and the
 * whole escaped once more because the value is a string; `%` doubled (“The Exec key”). Plain arguments stay plain:
 * xdg-open without a desktop takes quotes for part of the program's name.
 */
const quoteArgument = (argument: string): string => {
  const text = argument.replaceAll('%', '%%')
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(text)) return text
  return escapeString(`"${text.replace(/[\\"`$]/g, '\\$&')}"`)
}

/** Writes a value of the type string (“Possible value types”): a line break in a path would end the line. */
export const escapeString = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
