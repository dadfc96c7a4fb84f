import type { RecordedAnswer } from './recorded-answers.ts'

/**
 * The headers that matter to a client. What a web server in front of Discourse decides (connection, date, lengths), and
 * what only browsers read, is not compared.
 */
const headersThatMatter = [
  'auth-api-device-code',
  'auth-api-version',
  'cache-control',
  'content-type',
  'discourse-rate-limit-error-code',
  'discourse-readonly',
  'location',
  'retry-after',
  'x-discourse-route',
  'x-discourse-username',
]
/** Headers whose value differs each time: their presence and form are compared. */
const headerForms: Readonly<Record<string, (value: string) => string>> = {
  'retry-after': (value) => value.replace(/\d+/, 'n'),
  'x-discourse-username': (value) => value.replace(/^\w+$/, 'name'),
  location: (value) => value.replace(/^http:\/\/[^/]+/, '').replace(/payload=[\w%]+$/, 'payload'),
}

/**
 * The differences of a simulated answer from the recorded one: status, headers that matter, and every field by name and
 * type. Each difference is one line. Values are not compared, except for short texts of servers, such as `Invalid
 * Access`.
 */
export function differences(recorded: RecordedAnswer, simulated: RecordedAnswer): readonly string[] {
  return [
    ...(recorded.status === simulated.status ? [] : [`status: ${simulated.status} instead of ${recorded.status}`]),
    ...headersThatMatter.flatMap((name) => {
      const form = headerForms[name] ?? ((value: string) => value)
      const [was, is] = [recorded.headers[name], simulated.headers[name]].map((value) => value && form(value))
      return was === is ? [] : [`header ${name}: ${is} instead of ${was}`]
    }),
    ...bodyDifferences(recorded.body, simulated.body),
  ]
}

function bodyDifferences(recorded: unknown, simulated: unknown): readonly string[] {
  const isText = typeof recorded === 'string' && typeof simulated === 'string'
  // Sentences are translated and reworded; a client can only recognise a word or two.
  const isToken = isText && recorded.split(' ').length <= 2
  if (isToken) return recorded === simulated ? [] : [`body: ${simulated} instead of ${recorded}`]
  return shapeDifferences(shapeOf(recorded), shapeOf(simulated), 'body')
}

/** Of which types a value is, at one place of one answer or at the same place of several. */
interface Shape {
  readonly types: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, Field>
  readonly items: Shape | null
}

interface Field {
  readonly shape: Shape
  /** Whether only some of the values have the field. */
  readonly optional: boolean
}

const nothing: Shape = { types: new Set(), fields: new Map(), items: null }

function shapeOf(value: unknown): Shape {
  if (value === null) return { ...nothing, types: new Set(['null']) }
  if (Array.isArray(value)) {
    const items = value.length === 0 ? null : value.map(shapeOf).reduce(merge)
    return { ...nothing, types: new Set(['list']), items }
  }
  if (typeof value !== 'object') return { ...nothing, types: new Set([typeof value]) }
  const kind = kindOf(value)
  const fields = fieldsOf(value)
  if (kind === null) return { types: new Set(['object']), fields, items: null }
  const shape = { types: new Set(['object']), fields, items: null }
  return { types: new Set(['kinds']), fields: new Map([[kind, { shape, optional: false }]]), items: null }
}

function fieldsOf(value: object): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>()
  for (const [key, inner] of Object.entries(value)) {
    const name = withoutIds(key)
    const before = fields.get(name)
    const shape = before === undefined ? shapeOf(inner) : merge(before.shape, shapeOf(inner))
    fields.set(name, { shape, optional: false })
  }
  return fields
}

/** Ids and channels as keys: `/notification/7`, or the type number of `grouped_unread_notifications`. */
function withoutIds(key: string): string {
  return /^(\/|\d)/.test(key) ? key.replaceAll(/\d+/g, 'n') : key
}

/**
 * Rows and bus messages are compared with those of their kind, for the type of a row decides which data there is, and the
 * channel of a bus message.
 */
function kindOf(value: object): string | null {
  if ('notification_type' in value && 'created_at' in value) return `type ${value.notification_type}`
  return 'channel' in value && 'message_id' in value ? withoutIds(String(value.channel)) : null
}

function merge(one: Shape, other: Shape): Shape {
  const names = new Set([...one.fields.keys(), ...other.fields.keys()])
  const fields = new Map<string, Field>()
  for (const name of names) {
    const [a, b] = [one.fields.get(name), other.fields.get(name)]
    // A list need not have every kind in each of its items.
    const isKind = one.types.has('kinds') && other.types.has('kinds')
    const optional = !isKind && (a === undefined || b === undefined || a.optional || b.optional)
    fields.set(name, { shape: merge(a?.shape ?? nothing, b?.shape ?? nothing), optional })
  }
  const items = one.items === null || other.items === null ? (one.items ?? other.items) : merge(one.items, other.items)
  return { types: new Set([...one.types, ...other.types]), fields, items }
}

function shapeDifferences(recorded: Shape, simulated: Shape, at: string): readonly string[] {
  const unknown = [...simulated.types].filter((type) => !recorded.types.has(type))
  const types = unknown.length === 0 ? [] : [`${at}: ${unknown.join()} instead of ${[...recorded.types].join()}`]
  const extra = [...simulated.fields.keys()]
    .filter((name) => !recorded.fields.has(name) && !isPlayedOnly(name))
    .map((name) => `${at}.${name}: not in the recording`)
  const inBoth = [...recorded.fields].flatMap(([name, { shape, optional }]) => {
    const field = simulated.fields.get(name)
    if (field !== undefined) return shapeDifferences(shape, field.shape, `${at}.${name}`)
    return optional ? [] : [`${at}.${name}: missing`]
  })
  const items =
    recorded.items === null || simulated.items === null
      ? []
      : shapeDifferences(recorded.items, simulated.items, `${at}[]`)
  return [...types, ...extra, ...inBoth, ...items]
}

/** That the recorded server had no row of some type, or counted none of it, says nothing. */
function isPlayedOnly(name: string): boolean {
  return /^(type \d+|n)$/.test(name)
}
