import type { KeyPair } from "./key-pair.ts";

/**
 * ZeroMQ's certificates, as CZMQ and pyzmq write and read them: a text in ZPL (RFC 4) with a section `curve`.
 */

/** What a certificate says of keys, unchecked. */
export interface CertificateKeys {
  readonly publicKey: string | undefined;
  readonly secretKey: string | undefined;
}

/** Reads a certificate. What else it says, metadata among it, means nothing here. */
export function parseCertificate(text: string): CertificateKeys {
  const values = new Map<string, string>();
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, indent = "", name = "", value = ""] = /^(\s*)([^\s=]+)\s*(?:=\s*(.*?)\s*)?$/.exec(line) ?? [];
    if (indent === "") section = name;
    else if (section === "curve") values.set(name, unquoted(value));
  }
  return { publicKey: values.get("public-key"), secretKey: values.get("secret-key") };
}

/** The certificate that others may have. */
export function publicCertificate({ publicKey }: Pick<KeyPair, "publicKey">): string {
  return `#   ZeroMQ CURVE Public Certificate
#   Give it to those who are to recognise its owner.

curve
    public-key = "${publicKey}"
`;
}

/** The certificate that only its owner may have. */
export function secretCertificate({ publicKey, secretKey }: KeyPair): string {
  return `#   ZeroMQ CURVE **Secret** Certificate
#   Give it to nobody, and let nobody else read it.

curve
    public-key = "${publicKey}"
    secret-key = "${secretKey}"
`;
}

function unquoted(value: string): string {
  const [, , quoted] = /^(["'])(.*?)\1/.exec(value) ?? [];
  return quoted ?? value;
}
