/**
 * Takes an empty `HOME` for one that is not set, so that the home folder is the one in the user database. Node takes it
 * literally, and profile, autostart and link handlers would be in whatever the working directory is.
 */
export const ignoreEmptyHome = (environment: NodeJS.ProcessEnv): void => {
  if (environment['HOME'] === '') delete environment['HOME']
}
