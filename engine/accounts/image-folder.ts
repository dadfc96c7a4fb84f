import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import { type Image, readImage } from '../discourse/fetch-image.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'

export type ImageKind = 'avatar' | 'icon'

/** A picture on disk. */
export interface KeptImage {
  readonly account: string
  readonly kind: ImageKind
  /** When it was fetched, in milliseconds since 1970. */
  readonly at: number
  readonly image: Image
}

const fileName = /^([A-Za-z0-9_-]{1,64})\.(avatar|icon)$/
/** What a crash leaves of a picture that was being written. */
const halfWritten = /^[A-Za-z0-9_-]{1,64}\.(avatar|icon)\.new$/

/**
 * Reads the pictures in a folder. Files that are not ours or cannot be read are skipped: every picture can be fetched
 * again. What a crash has left half written is removed.
 */
export const readImages = (folder: string): readonly KeptImage[] =>
  attempt(() => readdirSync(folder), []).flatMap((name) => {
    if (halfWritten.test(name)) attempt(() => rmSync(path.join(folder, name), { force: true }), undefined)
    const [, account, kind] = fileName.exec(name) ?? []
    if (account === undefined || (kind !== 'avatar' && kind !== 'icon')) return []
    return attempt(() => {
      const file = path.join(folder, name)
      const image = readImage(readRegularFile(file))
      return image === undefined ? [] : [{ account, kind, at: statSync(file).mtimeMs, image }]
    }, [])
  })

/** Writes a picture, readable by its owner only. If the disk refuses it, it is fetched again after the next start. */
export const writeImage = (folder: string, { account, kind, at, image }: KeptImage): void => {
  const name = `${account}.${kind}`
  if (!fileName.test(name)) return
  attempt(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = path.join(folder, name)
    writeFileSync(`${file}.new`, image.body, { mode: 0o600 })
    utimesSync(`${file}.new`, at / 1000, at / 1000)
    renameSync(`${file}.new`, file)
  }, undefined)
}

/** Deletes an account's picture. */
export const removeImage = (folder: string, account: string, kind: ImageKind): void => {
  const name = `${account}.${kind}`
  if (fileName.test(name)) attempt(() => rmSync(path.join(folder, name), { force: true }), undefined)
}

const attempt = <T>(work: () => T, otherwise: T): T => {
  try {
    return work()
  } catch {
    return otherwise
  }
}
