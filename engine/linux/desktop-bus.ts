/** What the programs of a Linux desktop tell about themselves on the session bus (D-Bus specification 0.43). */
export interface DesktopBus {
  /** Whether a program answers to this name; undefined where the bus cannot be asked. Starts none, never rejects. */
  readonly hasOwner: (name: string) => Promise<boolean | undefined>
  readonly readProperty: ReadProperty
}

/** Which property, of which object, of which program. */
export interface PropertyName {
  /** The program's name on the bus. */
  readonly destination: string
  /** The object's path in it. */
  readonly path: string
  readonly interface: string
  readonly name: string
}

/**
 * Reads a property: outside data, to be read by a schema. Undefined where the program, the property or the bus is not there
 * or does not answer in time. Starts no program, never rejects.
 */
export type ReadProperty = (property: PropertyName) => Promise<unknown>
