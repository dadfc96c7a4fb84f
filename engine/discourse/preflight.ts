import * as v from 'valibot'
import { parseBoundedJson } from '../parsing/parse-bounded-json.ts'
import type { Http } from './http.ts'
import { isSuccess } from './http-error.ts'

const pageModelSchema = v.object({ state: v.string() })

/**
 * Whether a forum says beforehand that it will refuse this request, because its administrator does not allow the scopes
 * or the redirect. Newer forums give the model of their authorize page as JSON, to visitors as well (protocol.md 1.2).
 * Older ones have no such JSON: they redirect visitors to log in if the request is good, and answer 406 where they
 * would show a refusal (protocol.md 14). This way the user learns it here instead of in the browser. Any other answer,
 * or none, means that it is not known yet.
 * @param authorizeUrl what the user would open
 */
export const isRefusedBeforehand = async (http: Http, authorizeUrl: string): Promise<boolean> => {
  const url = authorizeUrl.replace('/user-api-key/new?', '/user-api-key/new.json?')
  const answer = await http.send({ method: 'GET', url })
  if (!answer.ok) return false
  if (answer.value.status === 406) return true
  const model = v.safeParse(pageModelSchema, parseBoundedJson(answer.value.text))
  return isSuccess(answer.value) && model.success && model.output.state === 'generic_error'
}
