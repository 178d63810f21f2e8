import type { Transport } from "hawser/client";
import { keyPairOf } from "hawser/keys";
import { createZmtpTransport } from "hawser/transport/zmtp";

/** Keys that are no secret: both processes of a benchmark must have them, and nothing else does. */
const keys = keyPairOf("JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6");

/** hawser's transport with CURVE: client and server have the same keys, and expect them of each other. */
export const zmtpWithCurve: Transport = createZmtpTransport({
  curve: { keys, serverKey: keys.publicKey, clientKeys: [keys.publicKey] },
});
