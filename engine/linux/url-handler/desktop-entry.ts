import { execLine } from '../exec-line.ts'

/** The MIME type by which desktops find the program for a scheme. */
export const schemeType = 'x-scheme-handler/discourse'

/**
 * A `.desktop` file that hands `discourse:` addresses to a program (Desktop Entry Specification 1.5).
 * @param command the program and its arguments; the address follows as the last one
 * @param previous what handled the scheme before, so that it can be put back
 */
export const desktopEntry = (command: readonly string[], previous: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Discourse Notifier',
    'Comment=Receives the answer of a forum that you approved',
    urlLine(command),
    'Terminal=false',
    'NoDisplay=true',
    `MimeType=${schemeType};`,
    `X-DiscourseNotifier-Previous=${previous}`,
    '',
  ].join('\n')

/** The line of an entry that starts this command with an address. */
export const urlLine = (command: readonly string[]): string => `${execLine(command)} %u`

/** What an entry of ours says handled the scheme before; undefined when nothing did. */
export const previousHandler = (entry: string): string | undefined =>
  /^X-DiscourseNotifier-Previous=(\S+\.desktop)$/m.exec(entry)?.[1]

/** What a program is called by its entry, without regard to languages. */
export const entryName = (entry: string): string | undefined => /^Name=(.+)$/m.exec(entry)?.[1]?.trim()
