import * as flatbuffers from 'flatbuffers';
export declare class ContinueSession {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ContinueSession;
    static getRootAsContinueSession(bb: flatbuffers.ByteBuffer, obj?: ContinueSession): ContinueSession;
    static getSizePrefixedRootAsContinueSession(bb: flatbuffers.ByteBuffer, obj?: ContinueSession): ContinueSession;
    sessionId(): string | null;
    sessionId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    nonce(): bigint;
    static startContinueSession(builder: flatbuffers.Builder): void;
    static addSessionId(builder: flatbuffers.Builder, sessionIdOffset: flatbuffers.Offset): void;
    static addNonce(builder: flatbuffers.Builder, nonce: bigint): void;
    static endContinueSession(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createContinueSession(builder: flatbuffers.Builder, sessionIdOffset: flatbuffers.Offset, nonce: bigint): flatbuffers.Offset;
}
