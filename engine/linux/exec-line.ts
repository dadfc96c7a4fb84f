/**
 * The `Exec` line of a `.desktop` file (Desktop Entry Specification 1.5).
 * @param command the program and its arguments
 */
export const execLine = (command: readonly string[]): string => `Exec=${command.map(quoteArgument).join(' ')}`

/**
 * Writes one argument: where it has reserved characters in double quotes with `"`, `` ` ``, `$` and `\` escaped, the
 * backslash doubled once more because the value is a string; `%` doubled (“The Exec key”). Plain arguments stay plain:
 * xdg-open without a desktop takes quotes for part of the program's name.
 */
const quoteArgument = (argument: string): string => {
  const text = argument.replaceAll('%', '%%')
  if (/^[\p{L}\p{M}\p{N}_@%+=:,./-]+$/u.test(text)) return text
  return `"${text.replace(/[\\"`$]/g, '\\$&').replaceAll('\\', '\\\\')}"`
}
