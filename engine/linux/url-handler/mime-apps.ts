import { schemeType } from './desktop-entry.ts'

/** The default program for our scheme in a `mimeapps.list` (MIME Application Specification); undefined when none. */
export const defaultHandler = (mimeApps: string): string | undefined => namesIn('Default Applications', mimeApps)[0]

/** Whether the list says that this program, which its own entry offers for our scheme, is not to have it. */
export const isRemovedHandler = (mimeApps: string, entry: string): boolean =>
  namesIn('Removed Associations', mimeApps).includes(entry) && defaultHandler(mimeApps) !== entry

const namesIn = (wanted: string, mimeApps: string): readonly string[] => {
  let section = ''
  for (const line of mimeApps.split('\n')) {
    const heading = /^\[(.+)\]\s*$/.exec(line)?.[1]
    if (heading !== undefined) section = heading
    if (section !== wanted || !line.startsWith(`${schemeType}=`)) continue
    const names = line.slice(schemeType.length + 1).split(';')
    return names.map((name) => name.trim()).filter((name) => name !== '')
  }
  return []
}

/** The list with a program, named nowhere else in it, taken from our scheme; all other lines stay as they are. */
export const withRemovedHandler = (mimeApps: string, entry: string): string => {
  const lines = withoutHandler(mimeApps, entry).split('\n')
  const removed = namesIn('Removed Associations', mimeApps).filter((name) => name !== entry)
  const heading = lines.findIndex((line) => line.trim() === '[Removed Associations]')
  const line = `${schemeType}=${[...removed, entry].join(';')};`
  if (heading < 0) {
    const before = lines.join('\n').trimEnd()
    return `${before === '' ? '' : `${before}\n\n`}[Removed Associations]\n${line}\n`
  }
  const next = lines.findIndex((other, at) => at > heading && other.startsWith('['))
  const end = next < 0 ? lines.length : next
  const isOld = (other: string, at: number): boolean => at > heading && at < end && other.startsWith(`${schemeType}=`)
  return lines.flatMap((other, at) => (at === heading ? [other, line] : isOld(other, at) ? [] : [other])).join('\n')
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
