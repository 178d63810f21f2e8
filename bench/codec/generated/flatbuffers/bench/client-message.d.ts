import * as flatbuffers from 'flatbuffers';
import { ClientUnion } from '../bench/client-union.js';
export declare class ClientMessage {
    bb: flatbuffers.ByteBuffer | null;
    bb_pos: number;
    __init(i: number, bb: flatbuffers.ByteBuffer): ClientMessage;
    static getRootAsClientMessage(bb: flatbuffers.ByteBuffer, obj?: ClientMessage): ClientMessage;
    static getSizePrefixedRootAsClientMessage(bb: flatbuffers.ByteBuffer, obj?: ClientMessage): ClientMessage;
    messageType(): ClientUnion;
    message<T extends flatbuffers.Table>(obj: any): any | null;
    static startClientMessage(builder: flatbuffers.Builder): void;
    static addMessageType(builder: flatbuffers.Builder, messageType: ClientUnion): void;
    static addMessage(builder: flatbuffers.Builder, messageOffset: flatbuffers.Offset): void;
    static endClientMessage(builder: flatbuffers.Builder): flatbuffers.Offset;
    static createClientMessage(builder: flatbuffers.Builder, messageType: ClientUnion, messageOffset: flatbuffers.Offset): flatbuffers.Offset;
}
