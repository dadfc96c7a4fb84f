import * as v from 'valibot'

/** What the headless shell has a page show as a browser notification, where the system shows none. */
export const pageAlertSchema = v.object({
  /** A later one with the same tag replaces the earlier one. */
  tag: v.string(),
  title: v.string(),
  body: v.string(),
  silent: v.boolean(),
  /** What a click opens, and whose page it is; null for the page itself. */
  target: v.nullable(v.object({ account: v.string(), url: v.pipe(v.string(), v.regex(/^https?:\/\//)) })),
})

export type PageAlert = v.InferOutput<typeof pageAlertSchema>

/** The answer to whether pages are to show alerts. */
export const alertsWantedSchema = v.object({ wanted: v.boolean() })
