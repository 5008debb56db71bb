// Imported rather than read from the disk, so that it is in the one file that the build makes of this program.
import manifest from '../package.json' with { type: 'json' }

/** The version in package.json. */
export const version = manifest.version
