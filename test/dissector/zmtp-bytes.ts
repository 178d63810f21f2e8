/** A frame of ZMTP around a message, written by hand after RFC 37. */
export function zmtpFrame(body: Uint8Array, flags = 0): Buffer {
  const length = body.byteLength;
  if (length < 256) return Buffer.concat([Buffer.from([flags, length]), body]);
  const header = Buffer.alloc(9);
  header[0] = flags | 2;
  header.writeBigUInt64BE(BigInt(length), 1);
  return Buffer.concat([header, body]);
}

/** The 64 bytes that each side begins with. */
export function zmtpGreeting(): Buffer {
  const greeting = Buffer.alloc(64);
  greeting[0] = 0xff;
  greeting[9] = 0x7f;
  greeting[10] = 3;
  greeting[11] = 1;
  greeting.write("NULL", 12, "latin1");
  return greeting;
}

/** The command READY of a socket of this type. */
export function zmtpReady(socketType: string): Buffer {
  const name = Buffer.from("\x05READY\x0bSocket-Type\0\0\0", "latin1");
  return zmtpFrame(Buffer.concat([name, Buffer.from([socketType.length]), Buffer.from(socketType)]), 4);
}
