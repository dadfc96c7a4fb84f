import type { Context } from 'hono'

/** Query and body of a request together, as Rails has them; the body wins. */
export type Params = Readonly<Record<string, unknown>>

export interface ReadParams {
  readonly all: Params
  readonly body: Params
}

/** Reads the parameters of a request: query, and a form or JSON body. `null` when the body cannot be read. */
export async function readParams(c: Context): Promise<ReadParams | null> {
  const query = c.req.query()
  const type = c.req.header('content-type') ?? ''
  if (type.includes('application/json')) {
    const body = await readJson(c)
    return body === null ? null : { all: { ...query, ...body }, body }
  }
  if (type.includes('form')) {
    const body = await c.req.parseBody()
    return { all: { ...query, ...body }, body }
  }
  return { all: query, body: {} }
}

async function readJson(c: Context): Promise<Params | null> {
  const text = await c.req.text()
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return null
  }
}

/** The parameter as text; numbers count, `null` and anything deeper does not. */
export function textParam(params: Params, name: string): string | undefined {
  const value = params[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

/** Whether the parameter was sent at all, however empty. */
export function hasParam(params: Params, name: string): boolean {
  return Object.hasOwn(params, name)
}

function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
