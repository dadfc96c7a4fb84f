/**
 * The optional dependencies that packages of a lock file declare and that the lock file lacks.
 * @param {Record<string, { optionalDependencies?: Record<string, string>, dev?: boolean }>} packages of package-lock.json
 * @returns {readonly { name: string, version: string, isForDevelopment: boolean }[]}
 */
export const missingFromLock = (packages) =>
  Object.entries(packages).flatMap(([place, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !folders(place).some((folder) => Object.hasOwn(packages, `${folder}node_modules/${name}`)))
      .map(([name, version]) => ({ name, version, isForDevelopment: dev })),
  )

/**
 * The folders in which Node looks for a package's dependencies: its own first, then the enclosing ones.
 * @param {string} place
 * @returns {readonly string[]}
 */
const folders = (place) => {
  if (place === '') return ['']
  return [`${place}/`, ...folders(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))))]
}
