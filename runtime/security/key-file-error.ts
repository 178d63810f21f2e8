/** Codes of `KeyFileError`. */
export type KeyFileErrorCode =
  | "ERR_KEY_FILE_EXISTS"
  | "ERR_KEY_FILE_EXPOSED"
  | "ERR_KEY_FILE_MALFORMED"
  | "ERR_KEY_FILE_UNREADABLE"
  | "ERR_KEY_FILE_UNWRITABLE";

/** A file that should hold keys cannot be read or written. The message names the file and what to do, and never what is in it. */
export class KeyFileError extends Error {
  override readonly name = "KeyFileError";
  readonly code: KeyFileErrorCode;

  constructor(code: KeyFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
