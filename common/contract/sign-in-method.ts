import * as v from 'valibot'

/**
 * The ways in (ARCHITECTURE.md, decision 5): a code typed on the forum's page, a `discourse:` redirect, an answer that is pasted.
 * All end in the same check.
 */
export const signInMethodSchema = v.picklist(['device', 'redirect', 'paste'])

export type SignInMethod = v.InferOutput<typeof signInMethodSchema>
