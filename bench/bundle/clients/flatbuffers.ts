export { decodeServer as decode, encodeClient as encode } from "../../codec/libraries/flatbuffers.ts";
