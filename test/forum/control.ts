import { Hono } from 'hono'
import { ValiError } from 'valibot'
import { controlOperations } from './control-operations.ts'
import type { ForumOperations } from './forum.ts'

/** At the root of the origin, outside the folder, so that no fault and no limit reaches it. */
export const CONTROL_PATH = '/__control'

/**
 * The library's operations over HTTP, for the demo and for tests in other processes: `POST /__control/<operation>`
 * with a JSON object. 200 `{"result": ...}`, 400 `{"error": "<sentence>"}`, 404 for an unknown operation;
 * `GET /__control` lists them. The JSON content type is required, which keeps out forms of other web pages.
 */
export function createControlApp(forum: ForumOperations): Hono {
  const operations = controlOperations(forum)
  const app = new Hono().basePath(CONTROL_PATH)

  app.get('/', (c) =>
    c.json({ operations: Object.fromEntries([...operations].map(([name, { takes }]) => [name, takes])) }),
  )

  app.post('/:operation', async (c) => {
    const operation = operations.get(c.req.param('operation'))
    if (operation === undefined) return c.json({ error: 'There is no such operation.' }, 404)
    if (c.req.header('content-type')?.includes('application/json') !== true) {
      return c.json({ error: 'Send JSON, with the content type application/json.' }, 400)
    }
    try {
      const input: unknown = await c.req.json()
      return c.json({ result: (await operation.run(input)) ?? null })
    } catch (error) {
      return c.json({ error: explain(error) }, 400)
    }
  })

  return app
}

function explain(error: unknown): string {
  if (error instanceof ValiError) {
    const issues: readonly { readonly message: string; readonly path?: readonly { readonly key: unknown }[] }[] =
      error.issues
    return issues
      .map(({ path, message }) => `${path?.map(({ key }) => String(key)).join('.') ?? 'input'}: ${message}`)
      .join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
