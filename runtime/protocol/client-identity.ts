/** Who is at the other end of a server's connection, as far as its transport knows. */
export interface ClientIdentity {
  /** The address that the connection comes from, without the port: `192.0.2.7`. `undefined` where the transport cannot say. */
  readonly address: string | undefined;
  /** The client's public key, which the handshake has proven, in Z85 (RFC 32); `undefined` where none was asked for. */
  readonly publicKey: string | undefined;
}
