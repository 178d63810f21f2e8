/**
 * Why a connection cannot go on: its peer breaks ZMTP, refuses us, or is silent. The text is for people and completes
 * "connection lost: ...".
 */
export class ZmtpError extends Error {
  override readonly name = "ZmtpError";
}

/** What a peer has sent, for people: short, and without characters that could forge a line of a log. */
export function printable(text: string): string {
  return text.slice(0, printableCharactersMax).replace(/[^\x20-\x7e]/g, "?");
}

const printableCharactersMax = 60;
