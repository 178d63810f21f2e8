import * as flatbuffers from 'flatbuffers';
export declare class SessionContinued {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): SessionContinued;
    static getRootAsSessionContinued(bb: flatbuffers.ByteBuffer, obj?: SessionContinued): SessionContinued;
    static getSizePrefixedRootAsSessionContinued(bb: flatbuffers.ByteBuffer, obj?: SessionContinued): SessionContinued;
    nonce(): bigint;
    static startSessionContinued(builder: flatbuffers.Builder): void;
    static addNonce(builder: flatbuffers.Builder, nonce: bigint): void;
    static endSessionContinued(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createSessionContinued(builder: flatbuffers.Builder, nonce: bigint): flatbuffers.Offset;
}
