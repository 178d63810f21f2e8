import * as flatbuffers from 'flatbuffers';
import { ServerUnion } from '../bench/server-union.js';
export declare class ServerMessage {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ServerMessage;
    static getRootAsServerMessage(bb: flatbuffers.ByteBuffer, obj?: ServerMessage): ServerMessage;
    static getSizePrefixedRootAsServerMessage(bb: flatbuffers.ByteBuffer, obj?: ServerMessage): ServerMessage;
    messageType(): ServerUnion;
    message<T extends flatbuffers.Table>(obj: any): any | null;
    static startServerMessage(builder: flatbuffers.Builder): void;
    static addMessageType(builder: flatbuffers.Builder, messageType: ServerUnion): void;
    static addMessage(builder: flatbuffers.Builder, messageOffset: flatbuffers.Offset): void;
    static endServerMessage(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createServerMessage(builder: flatbuffers.Builder, messageType: ServerUnion, messageOffset: flatbuffers.Offset): flatbuffers.Offset;
}
