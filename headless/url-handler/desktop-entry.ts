import { execLine } from '../../engine/desktop/exec-line.ts'

/** The name of our `.desktop` file for `discourse:` addresses. */
export const desktopEntryName = 'discourse-notifier-url.desktop'

/** The MIME type by which desktops find the program for a scheme. */
export const schemeType = 'x-scheme-handler/discourse'

/**
 * The `.desktop` file that hands `discourse:` addresses to the running instance (Desktop Entry Specification 1.5).
 * @param command the program and its arguments; the address follows as the last one
 * @param previous what handled the scheme before, so that it can be put back
 */
export const desktopEntry = (command: readonly string[], previous: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Discourse Notifier',
    'Comment=Receives the answer of a forum that you approved',
    `${execLine(command)} %u`,
    'Terminal=false',
    'NoDisplay=true',
    `MimeType=${schemeType};`,
    `X-DiscourseNotifier-Previous=${previous}`,
    '',
  ].join('\n')

/** What an entry of ours says handled the scheme before; undefined when nothing did. */
export const previousHandler = (entry: string): string | undefined =>
  /^X-DiscourseNotifier-Previous=(\S+\.desktop)$/m.exec(entry)?.[1]
