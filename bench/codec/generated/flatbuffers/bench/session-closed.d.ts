import * as flatbuffers from 'flatbuffers';
import { SessionCloseReason } from '../bench/session-close-reason.js';
export declare class SessionClosed {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): SessionClosed;
    static getRootAsSessionClosed(bb: flatbuffers.ByteBuffer, obj?: SessionClosed): SessionClosed;
    static getSizePrefixedRootAsSessionClosed(bb: flatbuffers.ByteBuffer, obj?: SessionClosed): SessionClosed;
    reason(): SessionCloseReason;
    leaderId(): string | null;
    leaderId(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    static startSessionClosed(builder: flatbuffers.Builder): void;
    static addReason(builder: flatbuffers.Builder, reason: SessionCloseReason): void;
    static addLeaderId(builder: flatbuffers.Builder, leaderIdOffset: flatbuffers.Offset): void;
    static endSessionClosed(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createSessionClosed(builder: flatbuffers.Builder, reason: SessionCloseReason, leaderIdOffset: flatbuffers.Offset): flatbuffers.Offset;
}
