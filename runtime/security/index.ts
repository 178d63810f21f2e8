/** Keys of CURVE: made, read and checked. Entry point `hawser/keys`; needs no package. */
export type { CurveOptions } from "./curve-options.ts";
export { keyPairFromEnvironment, readKeyPair, readPublicKey, readPublicKeys } from "./key-file.ts";
export { KeyFileError, type KeyFileErrorCode } from "./key-file-error.ts";
export { generateKeyPair, type KeyPair, keyPairOf, publicKeyOf } from "./key-pair.ts";
