/**
 * The code of a thrown error (`ENOENT`, `EACCES`, …; Node.js `errors.html`, "Common system errors"); undefined when it has
 * none.
 */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The same for a failure's `reason`: `unknown` when there is no code. */
export const errorReason = (error: unknown): string => errorCode(error) ?? 'unknown'
