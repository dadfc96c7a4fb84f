import type { Scenario } from './scenario.ts'
import { clientScenarios } from './scenarios/client-scenarios.ts'
import { createScenarios } from './scenarios/create-scenarios.ts'
import { deviceBrowserScenarios } from './scenarios/device-browser-scenarios.ts'
import { deviceRequestScenarios } from './scenarios/device-request-scenarios.ts'
import { keyScenarios } from './scenarios/key-scenarios.ts'
import { listScenarios } from './scenarios/list-scenarios.ts'
import { otpScenarios } from './scenarios/otp-scenarios.ts'
import { pageScenarios } from './scenarios/page-scenarios.ts'
import { revokeScenarios } from './scenarios/revoke-scenarios.ts'

/** How many items the checklist has (protocol.md 11). */
export const CHECKLIST_LENGTH = 92

/** The whole checklist, by number. */
export const scenarios: readonly Scenario[] = [
  ...pageScenarios,
  ...createScenarios,
  ...clientScenarios,
  ...deviceRequestScenarios,
  ...deviceBrowserScenarios,
  ...revokeScenarios,
  ...otpScenarios,
  ...keyScenarios,
  ...listScenarios,
].toSorted((a, b) => a.number - b.number)
