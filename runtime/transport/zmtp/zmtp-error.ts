/**
 * Why a connection cannot go on: its peer breaks ZMTP, refuses us, or is silent. The text is for people and completes
 * "connection lost: ...".
 */
export class ZmtpError extends Error {
  override readonly name = "ZmtpError";
}
