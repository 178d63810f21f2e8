export {
  decodeServerMessage as decode,
  encodeClientMessage as encode,
} from "../../codec/generated/version-1/codec.ts";
