/**
 * Where a machine finds what the course gives it, the same in every machine. Files of the machine tree say it too
 * (`machine/tree/files`); a test keeps them in step.
 */

/** Name server, course registry and package sources: all that a machine can reach. */
export const gatewayAddress = '10.77.0.1';
/** The machine's own, at the other end of that wire. */
export const sandboxAddress = '10.77.0.2';
/** Of the course's registry, at the gateway. */
export const registryPort = 5000;
