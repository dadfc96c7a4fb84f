import { chooseHost } from './choose-host.ts'

/** The host of this page. It asks for the first snapshot as soon as it is created, so this is imported before all others. */
export const ownHost = chooseHost(window)
