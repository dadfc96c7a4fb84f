import * as v from 'valibot'

/**
 * The sign-in methods (ARCHITECTURE.md, decision 5): a code typed on the forum's page, a `discourse:` redirect, a
 * pasted answer. All end in the same check.
 */
export const signInMethodSchema = v.picklist(['device', 'redirect', 'paste'])

export type SignInMethod = v.InferOutput<typeof signInMethodSchema>
