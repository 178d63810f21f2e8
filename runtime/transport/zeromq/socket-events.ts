import type { ZeromqEvent, ZeromqEvents } from "./package.ts";

/**
 * Looks at what happens to a socket's connections, and resolves when libzmq has let go of the socket, which it does some
 * time after `close`. Where events cannot be had, for want of sockets, the socket is as good as gone.
 */
export async function watchEvents(
  socket: { readonly events: ZeromqEvents },
  happened?: (event: ZeromqEvent) => void,
): Promise<void> {
  const events = eventsOf(socket);
  while (events !== undefined) {
    const event = await events.receive();
    if (event.type === "end") return;
    happened?.(event);
  }
}

/** What the events of a CLIENT say of its one connection. */
export interface ConnectionHandlers {
  /** It will never stand; `reason` is for people. */
  refused(reason: string): void;
  /** It stood, and has ended. What it has brought may still wait to be received. */
  ended(): void;
}

/** The events of a CLIENT, which dials one server. */
export class ConnectionEvents {
  /** Resolves when the connection has come to stand, or nothing can be known of that any more. */
  readonly handshake: Promise<void>;
  /** Resolves when libzmq has let go of the socket. */
  readonly gone: Promise<void>;

  constructor(socket: { readonly events: ZeromqEvents }, handlers: ConnectionHandlers) {
    let stands = false;
    let settle: () => void = () => {};
    this.handshake = new Promise((resolve) => {
      settle = resolve;
    });
    this.gone = watchEvents(socket, (event) => {
      if (event.type === "handshake") {
        stands = true;
        settle();
      } else if (stands) {
        if (endings.has(event.type)) handlers.ended();
      } else {
        const refusal = refusalIn(event);
        if (refusal !== undefined) handlers.refused(refusal);
      }
    }).finally(() => settle());
  }
}

/** Why a connection that does not stand yet never will; `undefined` when `event` does not say so. */
function refusalIn({ type, error }: ZeromqEvent): string | undefined {
  switch (type) {
    case "handshake:error:auth":
      return error?.status === 500
        ? "the server could not find out whether this client may connect, and did not let it in"
        : "the server refused this client: its public key is not among those that the server lets in";
    case "handshake:error:protocol":
      return error?.code?.endsWith("MECHANISM_MISMATCH") === true
        ? "the server wants another security mechanism: one side has keys (CURVE), and the other has none (NULL)"
        : `the handshake failed (${error?.code ?? "libzmq gives no reason"})`;
    case "handshake:error:other":
    case "disconnect":
      return "the server ended the handshake: it refuses this client, has another key than expected, or is no such server";
    default:
      return undefined;
  }
}

function eventsOf(socket: { readonly events: ZeromqEvents }): ZeromqEvents | undefined {
  try {
    return socket.events;
  } catch {
    return undefined;
  }
}

/**
 * What ends a connection that stood. The second comes after a handshake too, when the server has sent something that is not
 * sealed as it must be: libzmq 4.3.5 means to hang up then, but where its events are watched it only stops reading.
 */
const endings: ReadonlySet<string> = new Set(["disconnect", "handshake:error:protocol"]);
