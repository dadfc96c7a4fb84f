import type { AttemptView, Snapshot } from '../common/contract/snapshot.ts'

/** The sign-ins that still can succeed. */
export const pendingSignIns = ({ attempts }: Snapshot): readonly AttemptView[] =>
  attempts.filter(({ state }) => state.kind === 'waiting' || state.kind === 'checking')
