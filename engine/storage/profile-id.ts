import { createHash, randomBytes } from 'node:crypto'
import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import * as path from 'node:path'
import * as v from 'valibot'
import { parseJson } from '../parsing/parse-json.ts'
import { readRegularFile } from '../parsing/read-regular-file.ts'
import { profileName, realPath, settingsName } from './profile.ts'

/** Identifies a profile outside its folder: in the name of its keychain item. */
export interface ProfileId {
  readonly id: string
  /** Names the item may have from before profiles had ids. */
  readonly formerIds: readonly string[]
}

const idSchema = v.object({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), path: v.string() })
type StoredId = v.InferOutput<typeof idSchema>

/**
 * Reads the id stored in a profile, and creates one if there is none. The id moves with the profile and does not depend
 * on the path used to reach it, so keys are not lost. A copy whose original still exists gets a new id: two profiles
 * sharing a keychain item would revoke each other's keys.
 */
export const openProfileId = (profile: string): ProfileId => {
  const here = realPath(profile)
  const stored = readId(here)
  if (stored !== undefined && isSameFolder(stored.path, here)) {
    if (!isWhole(here)) writeId(here, stored)
    return { id: stored.id, formerIds: [] }
  }
  if (stored !== undefined && readId(stored.path)?.id !== stored.id) {
    writeId(here, { id: stored.id, path: here })
    return { id: stored.id, formerIds: [] }
  }
  // Before profiles had ids, the item was named after the path as given.
  const isOld = stored === undefined && existsSync(path.join(here, `${settingsName}.json`))
  const id = isOld ? profileName(here) : randomBytes(8).toString('hex')
  const isWritten = writeId(here, { id, path: here })
  const asGiven = createHash('sha256').update(path.resolve(profile)).digest('hex').slice(0, 16)
  // If nothing can be written, fall back on the path.
  return { id: isWritten ? id : profileName(here), formerIds: isOld && asGiven !== id ? [asGiven] : [] }
}

/** Also where the folder is mounted twice: the one is no copy of the other. */
const isSameFolder = (one: string, other: string): boolean => {
  if (one === other) return true
  try {
    const [first, second] = [one, other].map((folder) => statSync(folder, { bigint: true }))
    return first?.ino !== 0n && first?.ino === second?.ino && first?.dev === second?.dev
  } catch {
    return false
  }
}

/** Two files with the same content: without its id a profile could not find its keys. */
const files = ['profile.json', 'profile.copy.json'] as const

const readId = (profile: string): StoredId | undefined => {
  const [id] = files.flatMap((file) => readFile(path.join(profile, file)) ?? [])
  return id
}

/** Whether both files exist and can be read. */
const isWhole = (profile: string): boolean => files.every((file) => readFile(path.join(profile, file)) !== undefined)

const readFile = (file: string): StoredId | undefined => {
  try {
    const parsed = v.safeParse(idSchema, parseJson(readRegularFile(file).toString('utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

const writeId = (profile: string, id: StoredId): boolean => {
  try {
    for (const name of files) {
      const file = path.join(profile, name)
      // A link in its place would be written through, to a file that is not ours.
      rmSync(`${file}.new`, { force: true })
      writeFileSync(`${file}.new`, JSON.stringify(id), { mode: 0o600, flush: true })
      renameSync(`${file}.new`, file)
    }
    return true
  } catch {
    return false
  }
}
