import * as flatbuffers from 'flatbuffers';
export declare class Capability {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): Capability;
    static getRootAsCapability(bb: flatbuffers.ByteBuffer, obj?: Capability): Capability;
    static getSizePrefixedRootAsCapability(bb: flatbuffers.ByteBuffer, obj?: Capability): Capability;
    name(): string | null;
    name(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    value(): string | null;
    value(optionalEncoding: flatbuffers.Encoding): string | Uint8Array | null;
    static startCapability(builder: flatbuffers.Builder): void;
    static addName(builder: flatbuffers.Builder, nameOffset: flatbuffers.Offset): void;
    static addValue(builder: flatbuffers.Builder, valueOffset: flatbuffers.Offset): void;
    static endCapability(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createCapability(builder: flatbuffers.Builder, nameOffset: flatbuffers.Offset, valueOffset: flatbuffers.Offset): flatbuffers.Offset;
}
