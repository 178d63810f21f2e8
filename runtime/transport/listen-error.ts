import { ListenError } from "../protocol/errors.ts";

/** Why nobody listens at `address`, which is as the user wrote it. `cause` is what the system said. */
export function listenError(address: string, cause: unknown): ListenError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return new ListenError(
      "ERR_ADDRESS_IN_USE",
      `address "${address}" is in use: stop what listens there, or listen at another port`,
      { cause },
    );
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ListenError(
    "ERR_ADDRESS_UNAVAILABLE",
    `cannot listen at "${address}", ${why}: use an address of this machine, or * for all of them`,
    { cause },
  );
}
