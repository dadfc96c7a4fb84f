import type { HttpAnswer } from '../../engine/discourse/http.ts'

/** An answer of a scripted forum: JSON, or a page where the body is text. */
export const scriptedAnswer = (
  status: number,
  body: object | string,
  extra: Readonly<Record<string, string>> = {},
): HttpAnswer => {
  const isText = typeof body === 'string'
  const headers = new Map(Object.entries({ 'content-type': isText ? 'text/html' : 'application/json', ...extra }))
  const text = isText ? body : JSON.stringify(body)
  return { status, headers, text, bytes: Buffer.from(text) }
}
