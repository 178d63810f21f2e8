export { decodeServerMessage as decode, encodeClientMessage as encode } from "hawser/protocol";
