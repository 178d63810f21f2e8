import * as flatbuffers from 'flatbuffers';
import { RejectionReason } from '../bench/rejection-reason.js';
export declare class SessionRejected {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): SessionRejected;
    static getRootAsSessionRejected(bb: flatbuffers.ByteBuffer, obj?: SessionRejected): SessionRejected;
    static getSizePrefixedRootAsSessionRejected(bb: flatbuffers.ByteBuffer, obj?: SessionRejected): SessionRejected;
    reason(): RejectionReason;
    nonce(): bigint;
    leaderId(): string | null;
    leaderId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    static startSessionRejected(builder: flatbuffers.Builder): void;
    static addReason(builder: flatbuffers.Builder, reason: RejectionReason): void;
    static addNonce(builder: flatbuffers.Builder, nonce: bigint): void;
    static addLeaderId(builder: flatbuffers.Builder, leaderIdOffset: flatbuffers.Offset): void;
    static endSessionRejected(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createSessionRejected(builder: flatbuffers.Builder, reason: RejectionReason, nonce: bigint, leaderIdOffset: flatbuffers.Offset): flatbuffers.Offset;
}
