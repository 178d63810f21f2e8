import * as flatbuffers from 'flatbuffers';
import { Capability } from '../bench/capability.js';
export declare class CreateSession {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): CreateSession;
    static getRootAsCreateSession(bb: flatbuffers.ByteBuffer, obj?: CreateSession): CreateSession;
    static getSizePrefixedRootAsCreateSession(bb: flatbuffers.ByteBuffer, obj?: CreateSession): CreateSession;
    capabilities(index: number, obj?: Capability): Capability | null;
    capabilitiesLength(): number;
    nonce(): bigint;
    static startCreateSession(builder: flatbuffers.Builder): void;
    static addCapabilities(builder: flatbuffers.Builder, capabilitiesOffset: flatbuffers.Offset): void;
    static createCapabilitiesVector(builder: flatbuffers.Builder, data: flatbuffers.Offset[]): flatbuffers.Offset;
    static startCapabilitiesVector(builder: flatbuffers.Builder, numElems: number): void;
    static addNonce(builder: flatbuffers.Builder, nonce: bigint): void;
    static endCreateSession(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createCreateSession(builder: flatbuffers.Builder, capabilitiesOffset: flatbuffers.Offset, nonce: bigint): flatbuffers.Offset;
}
