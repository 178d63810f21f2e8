import * as flatbuffers from 'flatbuffers';
import { CloseReason } from '../bench/close-reason.js';
export declare class CloseSession {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): CloseSession;
    static getRootAsCloseSession(bb: flatbuffers.ByteBuffer, obj?: CloseSession): CloseSession;
    static getSizePrefixedRootAsCloseSession(bb: flatbuffers.ByteBuffer, obj?: CloseSession): CloseSession;
    reason(): CloseReason;
    static startCloseSession(builder: flatbuffers.Builder): void;
    static addReason(builder: flatbuffers.Builder, reason: CloseReason): void;
    static endCloseSession(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createCloseSession(builder: flatbuffers.Builder, reason: CloseReason): flatbuffers.Offset;
}
