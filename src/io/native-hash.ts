/** SHA-256 by Node's own crypto. A file by itself, since that is loaded with it. */
export { Sha256Node } from '@smithy/core/checksum';
