import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/**
 * A frame to one connection that may still take more messages in the step that began it. From its second message on it is
 * a `Batch`: one frame costs both sides about as much as its messages' bytes take, whatever their number.
 */
export class FrameDraft<Message> {
  /** Where its effect stands. */
  readonly position: number;
  readonly items: Message[];
  #byteLength: number;

  constructor(position: number, first: Message, byteLength: number) {
    this.position = position;
    this.items = [first];
    this.#byteLength = byteLength;
  }

  /** Adds a message of so many bytes; false when it must go into the next frame. */
  add(message: Message, byteLength: number): boolean {
    if (this.items.length >= limits.frameMessagesMax) return false;
    if (this.#byteLength + byteLength > limits.frameMessageBytesMax) return false;
    this.items.push(message);
    this.#byteLength += byteLength;
    return true;
  }
}

/**
 * About how many bytes a message takes in a batch; `undefined` for one that travels alone. Handshakes set the version of
 * what follows, and what ends a conversation has nothing behind it.
 */
export function bytesInBatch(message: ClientMessage | ServerMessage): number | undefined {
  switch (message.type) {
    case "ClientRequest":
    case "ServerRequest":
      return MESSAGE_BYTES + message.payload.length;
    case "ClientResponse":
      return MESSAGE_BYTES + message.result.length;
    case "Query":
      return MESSAGE_BYTES + textBytes(message.correlationId) + message.payload.length;
    case "QueryResponse":
      return MESSAGE_BYTES + textBytes(message.correlationId) + message.result.length;
    case "QueryError":
      return MESSAGE_BYTES + textBytes(message.correlationId) + limits.refusalBytesMax;
    case "RequestError":
      return MESSAGE_BYTES + (message.reason.type === "InvalidRequest" ? textBytes(message.reason.detail) : 0);
    case "KeepAlive":
    case "KeepAliveResponse":
    case "ServerRequestAck":
    case "RequestTrace":
      return MESSAGE_BYTES;
    default:
      return undefined;
  }
}

/** At most, in UTF-8. */
function textBytes(text: string): number {
  return text.length * 3;
}

/** A length, a tag and a few numbers. */
const MESSAGE_BYTES = 40;
