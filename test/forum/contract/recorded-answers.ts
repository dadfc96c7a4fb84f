import { readdirSync, readFileSync } from 'node:fs'
import * as path from 'node:path'

/** What a real server answered, once. */
export interface RecordedAnswer {
  /** The name of its file, without the ending. */
  readonly name: string
  readonly status: number
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON where the text was JSON, else the text. */
  readonly body: unknown
}

/** The folders of `test/recorded/`, each with the profile that plays the server it was recorded from. */
export const recordings = [
  { folder: '2.9.0.beta1', profile: '2.9' },
  { folder: '3.5.0.beta9-dev', profile: '3.5' },
  { folder: '2026-overlay', profile: 'latest' },
] as const

export type Recording = (typeof recordings)[number]

const root = path.join(import.meta.dirname, '../../recorded')

/** Every answer of a folder, by name. */
export function recordedAnswers(folder: string): readonly RecordedAnswer[] {
  return readdirSync(path.join(root, folder))
    .toSorted()
    .map((file) => {
      const { status, headers, body }: RecordedAnswer = JSON.parse(readFileSync(path.join(root, folder, file), 'utf8'))
      return { name: path.basename(file, '.json'), status, headers, body }
    })
}
