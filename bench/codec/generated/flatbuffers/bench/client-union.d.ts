import { ClientRequest } from '../bench/client-request.js';
import { CloseSession } from '../bench/close-session.js';
import { ConnectionClosed } from '../bench/connection-closed.js';
import { ContinueSession } from '../bench/continue-session.js';
import { CreateSession } from '../bench/create-session.js';
import { KeepAlive } from '../bench/keep-alive.js';
import { Query } from '../bench/query.js';
import { ServerRequestAck } from '../bench/server-request-ack.js';
export declare enum ClientUnion {
    NONE = 0,
    CreateSession = 1,
    ContinueSession = 2,
    KeepAlive = 3,
    ClientRequest = 4,
    ServerRequestAck = 5,
    CloseSession = 6,
    ConnectionClosed = 7,
    Query = 8
}
export declare function unionToClientUnion(type: ClientUnion, accessor: (obj: ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck) => ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck | null): ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck | null;
export declare function unionListToClientUnion(type: ClientUnion, accessor: (index: number, obj: ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck) => ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck | null, index: number): ClientRequest | CloseSession | ConnectionClosed | ContinueSession | CreateSession | KeepAlive | Query | ServerRequestAck | null;
