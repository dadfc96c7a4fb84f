import { sessionSchema } from '../../../engine/discourse/response-schemas.ts'

export interface AllowedDifference {
  /** Folder and name of the recordings it is about. */
  readonly recording: RegExp
  /** The differences, as `differences` words them. */
  readonly what: RegExp
  readonly reason: string
}

const fieldsTheEngineReads = Object.keys(sessionSchema.entries.current_user.entries)

/**
 * Where the simulated forum differs from real ones, and why it may. Any other difference is a mistake in the
 * simulation.
 */
export const allowedDifferences: readonly AllowedDifference[] = [
  {
    recording: /session|clientid-header-new/,
    what: new RegExp(`^body\\.current_user\\.(?!(${fieldsTheEngineReads.join('|')}):)\\w+: missing$`),
    reason: 'What the web client builds its pages from. The engine reads none of it.',
  },
  {
    recording: /\/about$/,
    what: /^body\.(about\.)?\w+: missing$/,
    reason: 'Of the about page only the version is read.',
  },
  {
    recording: /message-bus-(anonymous|unknown-key)-login-required|private-bus-dead/,
    what: /^header content-type: text\/plain; charset=utf-8 instead of undefined$/,
    reason: 'The HTTP adapter names a type for every answer with a body. Nobody goes by the type of this one.',
  },
  {
    recording: /2\.9.*notifications-(all-types|one-of-each-type)/,
    what: /type 777: missing/,
    reason: 'A type that does not exist, made in the database of the recorded server by hand.',
  },
  {
    recording: /2\.9.*notifications-(all-types|one-of-each-type)/,
    what: /type 14\./,
    reason: 'Made by hand, without a topic. Plugins give custom notifications topic and title, as 3.5 shows.',
  },
  {
    recording: /2026.*list-history/,
    what: /type 1\.data\./,
    reason: 'Of mentions the list had one only, which was made by hand.',
  },
  {
    recording: /2\.9.*notifications-one-of-each-type/,
    what: /^body\.seen_notification_id: not in the recording$/,
    reason: 'The recorder kept the rows only.',
  },
]
