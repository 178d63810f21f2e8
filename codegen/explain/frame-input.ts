/**
 * The bytes that a text gives in hexadecimal, with spaces, line feeds, commas, colons and `0x` between them at will;
 * `undefined` where it is something else. An odd number of digits is something else.
 */
export function bytesOfHex(text: string): Uint8Array | undefined {
  const digits = hexDigits(text);
  if (digits === undefined || digits.length === 0 || digits.length % 2 === 1) return undefined;
  return new Uint8Array(Buffer.from(digits, "hex"));
}

/** The bytes of a frame in a file: those that it gives in hexadecimal where it is such a text, else its own. */
export function bytesOfContent(content: Uint8Array): Uint8Array {
  return bytesOfHex(Buffer.from(content).toString("latin1")) ?? content;
}

/** Why a text that seems to be hexadecimal is not; `undefined` where it does not seem so. */
export function hexFault(text: string): string | undefined {
  const digits = hexDigits(text);
  const isOdd = digits !== undefined && digits.length % 2 === 1;
  return isOdd ? `two digits make a byte, and this has ${digits.length}` : undefined;
}

/** `undefined` where there is anything but digits and what may stand between them. */
function hexDigits(text: string): string | undefined {
  const digits = text.replaceAll(/\b0x/gi, "").replaceAll(/[\s,:]/g, "");
  return /^[0-9a-f]*$/i.test(digits) ? digits : undefined;
}
