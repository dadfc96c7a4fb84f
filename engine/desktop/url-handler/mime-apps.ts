import { schemeType } from './desktop-entry.ts'

/** The default program for our scheme in a `mimeapps.list` (MIME Application Specification); undefined when none. */
export const defaultHandler = (mimeApps: string): string | undefined => {
  let section = ''
  for (const line of mimeApps.split('\n')) {
    const heading = /^\[(.+)\]\s*$/.exec(line)?.[1]
    if (heading !== undefined) section = heading
    const value =
      section === 'Default Applications' && line.startsWith(`${schemeType}=`) ? line.split('=')[1] : undefined
    if (value !== undefined) return value.split(';')[0]?.trim()
  }
  return undefined
}

/** A `mimeapps.list` without an entry of ours for the scheme; all other lines stay as they are. */
export const withoutHandler = (mimeApps: string, ours: string): string =>
  mimeApps
    .split('\n')
    .flatMap((line) => {
      if (!line.startsWith(`${schemeType}=`)) return [line]
      const others = line
        .slice(schemeType.length + 1)
        .split(';')
        .filter((name) => name !== '' && name !== ours)
      return others.length === 0 ? [] : [`${schemeType}=${others.join(';')}`]
    })
    .join('\n')
