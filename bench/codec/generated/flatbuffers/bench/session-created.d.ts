import * as flatbuffers from 'flatbuffers';
export declare class SessionCreated {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): SessionCreated;
    static getRootAsSessionCreated(bb: flatbuffers.ByteBuffer, obj?: SessionCreated): SessionCreated;
    static getSizePrefixedRootAsSessionCreated(bb: flatbuffers.ByteBuffer, obj?: SessionCreated): SessionCreated;
    sessionId(): string | null;
    sessionId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    nonce(): bigint;
    static startSessionCreated(builder: flatbuffers.Builder): void;
    static addSessionId(builder: flatbuffers.Builder, sessionIdOffset: flatbuffers.Offset): void;
    static addNonce(builder: flatbuffers.Builder, nonce: bigint): void;
    static endSessionCreated(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createSessionCreated(builder: flatbuffers.Builder, sessionIdOffset: flatbuffers.Offset, nonce: bigint): flatbuffers.Offset;
}
