import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace hawser. */
export namespace hawser {

    /** Namespace bench. */
    namespace bench {

        /** RejectionReason enum. */
        enum RejectionReason {

            /** REJECTION_REASON_UNSPECIFIED value */
            REJECTION_REASON_UNSPECIFIED = 0,

            /** REJECTION_REASON_NOT_LEADER value */
            REJECTION_REASON_NOT_LEADER = 1,

            /** REJECTION_REASON_SESSION_EXPIRED value */
            REJECTION_REASON_SESSION_EXPIRED = 2,

            /** REJECTION_REASON_INVALID_CAPABILITIES value */
            REJECTION_REASON_INVALID_CAPABILITIES = 3,

            /** REJECTION_REASON_OTHER value */
            REJECTION_REASON_OTHER = 4
        }

        /** SessionCloseReason enum. */
        enum SessionCloseReason {

            /** SESSION_CLOSE_REASON_UNSPECIFIED value */
            SESSION_CLOSE_REASON_UNSPECIFIED = 0,

            /** SESSION_CLOSE_REASON_SHUTDOWN value */
            SESSION_CLOSE_REASON_SHUTDOWN = 1,

            /** SESSION_CLOSE_REASON_NOT_LEADER_ANYMORE value */
            SESSION_CLOSE_REASON_NOT_LEADER_ANYMORE = 2,

            /** SESSION_CLOSE_REASON_SESSION_ERROR value */
            SESSION_CLOSE_REASON_SESSION_ERROR = 3,

            /** SESSION_CLOSE_REASON_CONNECTION_CLOSED value */
            SESSION_CLOSE_REASON_CONNECTION_CLOSED = 4,

            /** SESSION_CLOSE_REASON_SESSION_EXPIRED value */
            SESSION_CLOSE_REASON_SESSION_EXPIRED = 5
        }

        /** CloseReason enum. */
        enum CloseReason {

            /** CLOSE_REASON_UNSPECIFIED value */
            CLOSE_REASON_UNSPECIFIED = 0,

            /** CLOSE_REASON_CLIENT_SHUTDOWN value */
            CLOSE_REASON_CLIENT_SHUTDOWN = 1
        }

        /** RequestFailure enum. */
        enum RequestFailure {

            /** REQUEST_FAILURE_UNSPECIFIED value */
            REQUEST_FAILURE_UNSPECIFIED = 0,

            /** REQUEST_FAILURE_RESPONSE_EVICTED value */
            REQUEST_FAILURE_RESPONSE_EVICTED = 1
        }

        /**
         * Properties of a CreateSession.
         * @deprecated Use hawser.bench.CreateSession.$Properties instead.
         */
        interface ICreateSession extends hawser.bench.CreateSession.$Properties {
        }

        /** Represents a CreateSession. */
        class CreateSession {

            /**
             * Constructs a new CreateSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.CreateSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateSession capabilities. */
            capabilities: { [k: string]: string };

            /** CreateSession nonce. */
            nonce: (number|Long);

            /**
             * Creates a new CreateSession instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CreateSession instance
             */
            static create(properties: hawser.bench.CreateSession.$Shape): hawser.bench.CreateSession & hawser.bench.CreateSession.$Shape;
            static create(properties?: hawser.bench.CreateSession.$Properties): hawser.bench.CreateSession;

            /**
             * Encodes the specified CreateSession message. Does not implicitly {@link hawser.bench.CreateSession.verify|verify} messages.
             * @param message CreateSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.CreateSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.CreateSession & hawser.bench.CreateSession.$Shape} CreateSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.CreateSession & hawser.bench.CreateSession.$Shape;
        }

        namespace CreateSession {

            /** Properties of a CreateSession. */
            interface $Properties {

                /** CreateSession capabilities */
                capabilities?: ({ [k: string]: string }|null);

                /** CreateSession nonce */
                nonce?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateSession. */
            type $Shape = hawser.bench.CreateSession.$Properties;
        }

        /**
         * Properties of a ContinueSession.
         * @deprecated Use hawser.bench.ContinueSession.$Properties instead.
         */
        interface IContinueSession extends hawser.bench.ContinueSession.$Properties {
        }

        /** Represents a ContinueSession. */
        class ContinueSession {

            /**
             * Constructs a new ContinueSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ContinueSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContinueSession sessionId. */
            sessionId: string;

            /** ContinueSession nonce. */
            nonce: (number|Long);

            /**
             * Creates a new ContinueSession instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContinueSession instance
             */
            static create(properties: hawser.bench.ContinueSession.$Shape): hawser.bench.ContinueSession & hawser.bench.ContinueSession.$Shape;
            static create(properties?: hawser.bench.ContinueSession.$Properties): hawser.bench.ContinueSession;

            /**
             * Encodes the specified ContinueSession message. Does not implicitly {@link hawser.bench.ContinueSession.verify|verify} messages.
             * @param message ContinueSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ContinueSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContinueSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ContinueSession & hawser.bench.ContinueSession.$Shape} ContinueSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ContinueSession & hawser.bench.ContinueSession.$Shape;
        }

        namespace ContinueSession {

            /** Properties of a ContinueSession. */
            interface $Properties {

                /** ContinueSession sessionId */
                sessionId?: (string|null);

                /** ContinueSession nonce */
                nonce?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContinueSession. */
            type $Shape = hawser.bench.ContinueSession.$Properties;
        }

        /**
         * Properties of a KeepAlive.
         * @deprecated Use hawser.bench.KeepAlive.$Properties instead.
         */
        interface IKeepAlive extends hawser.bench.KeepAlive.$Properties {
        }

        /** Represents a KeepAlive. */
        class KeepAlive {

            /**
             * Constructs a new KeepAlive.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.KeepAlive.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeepAlive timestamp. */
            timestamp: (number|Long);

            /**
             * Creates a new KeepAlive instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeepAlive instance
             */
            static create(properties: hawser.bench.KeepAlive.$Shape): hawser.bench.KeepAlive & hawser.bench.KeepAlive.$Shape;
            static create(properties?: hawser.bench.KeepAlive.$Properties): hawser.bench.KeepAlive;

            /**
             * Encodes the specified KeepAlive message. Does not implicitly {@link hawser.bench.KeepAlive.verify|verify} messages.
             * @param message KeepAlive message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.KeepAlive.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeepAlive message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.KeepAlive & hawser.bench.KeepAlive.$Shape} KeepAlive
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.KeepAlive & hawser.bench.KeepAlive.$Shape;
        }

        namespace KeepAlive {

            /** Properties of a KeepAlive. */
            interface $Properties {

                /** KeepAlive timestamp */
                timestamp?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeepAlive. */
            type $Shape = hawser.bench.KeepAlive.$Properties;
        }

        /**
         * Properties of a ClientRequest.
         * @deprecated Use hawser.bench.ClientRequest.$Properties instead.
         */
        interface IClientRequest extends hawser.bench.ClientRequest.$Properties {
        }

        /** Represents a ClientRequest. */
        class ClientRequest {

            /**
             * Constructs a new ClientRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ClientRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClientRequest requestId. */
            requestId: (number|Long);

            /** ClientRequest lowestPendingRequestId. */
            lowestPendingRequestId: (number|Long);

            /** ClientRequest payload. */
            payload: Uint8Array;

            /** ClientRequest createdAt. */
            createdAt: (number|Long);

            /**
             * Creates a new ClientRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClientRequest instance
             */
            static create(properties: hawser.bench.ClientRequest.$Shape): hawser.bench.ClientRequest & hawser.bench.ClientRequest.$Shape;
            static create(properties?: hawser.bench.ClientRequest.$Properties): hawser.bench.ClientRequest;

            /**
             * Encodes the specified ClientRequest message. Does not implicitly {@link hawser.bench.ClientRequest.verify|verify} messages.
             * @param message ClientRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ClientRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClientRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ClientRequest & hawser.bench.ClientRequest.$Shape} ClientRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ClientRequest & hawser.bench.ClientRequest.$Shape;
        }

        namespace ClientRequest {

            /** Properties of a ClientRequest. */
            interface $Properties {

                /** ClientRequest requestId */
                requestId?: (number|Long|null);

                /** ClientRequest lowestPendingRequestId */
                lowestPendingRequestId?: (number|Long|null);

                /** ClientRequest payload */
                payload?: (Uint8Array|null);

                /** ClientRequest createdAt */
                createdAt?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClientRequest. */
            type $Shape = hawser.bench.ClientRequest.$Properties;
        }

        /**
         * Properties of a ServerRequestAck.
         * @deprecated Use hawser.bench.ServerRequestAck.$Properties instead.
         */
        interface IServerRequestAck extends hawser.bench.ServerRequestAck.$Properties {
        }

        /** Represents a ServerRequestAck. */
        class ServerRequestAck {

            /**
             * Constructs a new ServerRequestAck.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ServerRequestAck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServerRequestAck requestId. */
            requestId: (number|Long);

            /**
             * Creates a new ServerRequestAck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ServerRequestAck instance
             */
            static create(properties: hawser.bench.ServerRequestAck.$Shape): hawser.bench.ServerRequestAck & hawser.bench.ServerRequestAck.$Shape;
            static create(properties?: hawser.bench.ServerRequestAck.$Properties): hawser.bench.ServerRequestAck;

            /**
             * Encodes the specified ServerRequestAck message. Does not implicitly {@link hawser.bench.ServerRequestAck.verify|verify} messages.
             * @param message ServerRequestAck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ServerRequestAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServerRequestAck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ServerRequestAck & hawser.bench.ServerRequestAck.$Shape} ServerRequestAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ServerRequestAck & hawser.bench.ServerRequestAck.$Shape;
        }

        namespace ServerRequestAck {

            /** Properties of a ServerRequestAck. */
            interface $Properties {

                /** ServerRequestAck requestId */
                requestId?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServerRequestAck. */
            type $Shape = hawser.bench.ServerRequestAck.$Properties;
        }

        /**
         * Properties of a CloseSession.
         * @deprecated Use hawser.bench.CloseSession.$Properties instead.
         */
        interface ICloseSession extends hawser.bench.CloseSession.$Properties {
        }

        /** Represents a CloseSession. */
        class CloseSession {

            /**
             * Constructs a new CloseSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.CloseSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CloseSession reason. */
            reason: hawser.bench.CloseReason;

            /**
             * Creates a new CloseSession instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CloseSession instance
             */
            static create(properties: hawser.bench.CloseSession.$Shape): hawser.bench.CloseSession & hawser.bench.CloseSession.$Shape;
            static create(properties?: hawser.bench.CloseSession.$Properties): hawser.bench.CloseSession;

            /**
             * Encodes the specified CloseSession message. Does not implicitly {@link hawser.bench.CloseSession.verify|verify} messages.
             * @param message CloseSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.CloseSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CloseSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.CloseSession & hawser.bench.CloseSession.$Shape} CloseSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.CloseSession & hawser.bench.CloseSession.$Shape;
        }

        namespace CloseSession {

            /** Properties of a CloseSession. */
            interface $Properties {

                /** CloseSession reason */
                reason?: (hawser.bench.CloseReason|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CloseSession. */
            type $Shape = hawser.bench.CloseSession.$Properties;
        }

        /**
         * Properties of a ConnectionClosed.
         * @deprecated Use hawser.bench.ConnectionClosed.$Properties instead.
         */
        interface IConnectionClosed extends hawser.bench.ConnectionClosed.$Properties {
        }

        /** Represents a ConnectionClosed. */
        class ConnectionClosed {

            /**
             * Constructs a new ConnectionClosed.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ConnectionClosed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new ConnectionClosed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ConnectionClosed instance
             */
            static create(properties: hawser.bench.ConnectionClosed.$Shape): hawser.bench.ConnectionClosed & hawser.bench.ConnectionClosed.$Shape;
            static create(properties?: hawser.bench.ConnectionClosed.$Properties): hawser.bench.ConnectionClosed;

            /**
             * Encodes the specified ConnectionClosed message. Does not implicitly {@link hawser.bench.ConnectionClosed.verify|verify} messages.
             * @param message ConnectionClosed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ConnectionClosed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ConnectionClosed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ConnectionClosed & hawser.bench.ConnectionClosed.$Shape} ConnectionClosed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ConnectionClosed & hawser.bench.ConnectionClosed.$Shape;
        }

        namespace ConnectionClosed {

            /** Properties of a ConnectionClosed. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ConnectionClosed. */
            type $Shape = hawser.bench.ConnectionClosed.$Properties;
        }

        /**
         * Properties of a Query.
         * @deprecated Use hawser.bench.Query.$Properties instead.
         */
        interface IQuery extends hawser.bench.Query.$Properties {
        }

        /** Represents a Query. */
        class Query {

            /**
             * Constructs a new Query.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.Query.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Query correlationId. */
            correlationId: string;

            /** Query payload. */
            payload: Uint8Array;

            /** Query createdAt. */
            createdAt: (number|Long);

            /**
             * Creates a new Query instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Query instance
             */
            static create(properties: hawser.bench.Query.$Shape): hawser.bench.Query & hawser.bench.Query.$Shape;
            static create(properties?: hawser.bench.Query.$Properties): hawser.bench.Query;

            /**
             * Encodes the specified Query message. Does not implicitly {@link hawser.bench.Query.verify|verify} messages.
             * @param message Query message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.Query.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Query message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.Query & hawser.bench.Query.$Shape} Query
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.Query & hawser.bench.Query.$Shape;
        }

        namespace Query {

            /** Properties of a Query. */
            interface $Properties {

                /** Query correlationId */
                correlationId?: (string|null);

                /** Query payload */
                payload?: (Uint8Array|null);

                /** Query createdAt */
                createdAt?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Query. */
            type $Shape = hawser.bench.Query.$Properties;
        }

        /**
         * Properties of a ClientMessage.
         * @deprecated Use hawser.bench.ClientMessage.$Properties instead.
         */
        interface IClientMessage extends hawser.bench.ClientMessage.$Properties {
        }

        /** Represents a ClientMessage. */
        class ClientMessage {

            /**
             * Constructs a new ClientMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ClientMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClientMessage createSession. */
            createSession?: (hawser.bench.CreateSession.$Properties|null);

            /** ClientMessage continueSession. */
            continueSession?: (hawser.bench.ContinueSession.$Properties|null);

            /** ClientMessage keepAlive. */
            keepAlive?: (hawser.bench.KeepAlive.$Properties|null);

            /** ClientMessage clientRequest. */
            clientRequest?: (hawser.bench.ClientRequest.$Properties|null);

            /** ClientMessage serverRequestAck. */
            serverRequestAck?: (hawser.bench.ServerRequestAck.$Properties|null);

            /** ClientMessage closeSession. */
            closeSession?: (hawser.bench.CloseSession.$Properties|null);

            /** ClientMessage connectionClosed. */
            connectionClosed?: (hawser.bench.ConnectionClosed.$Properties|null);

            /** ClientMessage query. */
            query?: (hawser.bench.Query.$Properties|null);

            /** ClientMessage message. */
            message?: ("createSession"|"continueSession"|"keepAlive"|"clientRequest"|"serverRequestAck"|"closeSession"|"connectionClosed"|"query");

            /**
             * Creates a new ClientMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClientMessage instance
             */
            static create(properties: hawser.bench.ClientMessage.$Shape): hawser.bench.ClientMessage & hawser.bench.ClientMessage.$Shape;
            static create(properties?: hawser.bench.ClientMessage.$Properties): hawser.bench.ClientMessage;

            /**
             * Encodes the specified ClientMessage message. Does not implicitly {@link hawser.bench.ClientMessage.verify|verify} messages.
             * @param message ClientMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ClientMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClientMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ClientMessage & hawser.bench.ClientMessage.$Shape} ClientMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ClientMessage & hawser.bench.ClientMessage.$Shape;
        }

        namespace ClientMessage {

            /** Properties of a ClientMessage. */
            interface $Properties {

                /** ClientMessage createSession */
                createSession?: (hawser.bench.CreateSession.$Properties|null);

                /** ClientMessage continueSession */
                continueSession?: (hawser.bench.ContinueSession.$Properties|null);

                /** ClientMessage keepAlive */
                keepAlive?: (hawser.bench.KeepAlive.$Properties|null);

                /** ClientMessage clientRequest */
                clientRequest?: (hawser.bench.ClientRequest.$Properties|null);

                /** ClientMessage serverRequestAck */
                serverRequestAck?: (hawser.bench.ServerRequestAck.$Properties|null);

                /** ClientMessage closeSession */
                closeSession?: (hawser.bench.CloseSession.$Properties|null);

                /** ClientMessage connectionClosed */
                connectionClosed?: (hawser.bench.ConnectionClosed.$Properties|null);

                /** ClientMessage query */
                query?: (hawser.bench.Query.$Properties|null);

                /** ClientMessage message */
                message?: ("createSession"|"continueSession"|"keepAlive"|"clientRequest"|"serverRequestAck"|"closeSession"|"connectionClosed"|"query");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ClientMessage. */
            type $Shape = {
              createSession?: hawser.bench.CreateSession.$Shape|null;
              continueSession?: hawser.bench.ContinueSession.$Shape|null;
              keepAlive?: hawser.bench.KeepAlive.$Shape|null;
              clientRequest?: hawser.bench.ClientRequest.$Shape|null;
              serverRequestAck?: hawser.bench.ServerRequestAck.$Shape|null;
              closeSession?: hawser.bench.CloseSession.$Shape|null;
              connectionClosed?: hawser.bench.ConnectionClosed.$Shape|null;
              query?: hawser.bench.Query.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "createSession"; createSession: hawser.bench.CreateSession.$Shape; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "continueSession"; createSession?: null; continueSession: hawser.bench.ContinueSession.$Shape; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "keepAlive"; createSession?: null; continueSession?: null; keepAlive: hawser.bench.KeepAlive.$Shape; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "clientRequest"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest: hawser.bench.ClientRequest.$Shape; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "serverRequestAck"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck: hawser.bench.ServerRequestAck.$Shape; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "closeSession"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession: hawser.bench.CloseSession.$Shape; connectionClosed?: null; query?: null }|{ message?: "connectionClosed"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed: hawser.bench.ConnectionClosed.$Shape; query?: null }|{ message?: "query"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query: hawser.bench.Query.$Shape })
            );
        }

        /**
         * Properties of a SessionCreated.
         * @deprecated Use hawser.bench.SessionCreated.$Properties instead.
         */
        interface ISessionCreated extends hawser.bench.SessionCreated.$Properties {
        }

        /** Represents a SessionCreated. */
        class SessionCreated {

            /**
             * Constructs a new SessionCreated.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.SessionCreated.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionCreated sessionId. */
            sessionId: string;

            /** SessionCreated nonce. */
            nonce: (number|Long);

            /**
             * Creates a new SessionCreated instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionCreated instance
             */
            static create(properties: hawser.bench.SessionCreated.$Shape): hawser.bench.SessionCreated & hawser.bench.SessionCreated.$Shape;
            static create(properties?: hawser.bench.SessionCreated.$Properties): hawser.bench.SessionCreated;

            /**
             * Encodes the specified SessionCreated message. Does not implicitly {@link hawser.bench.SessionCreated.verify|verify} messages.
             * @param message SessionCreated message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.SessionCreated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionCreated message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.SessionCreated & hawser.bench.SessionCreated.$Shape} SessionCreated
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.SessionCreated & hawser.bench.SessionCreated.$Shape;
        }

        namespace SessionCreated {

            /** Properties of a SessionCreated. */
            interface $Properties {

                /** SessionCreated sessionId */
                sessionId?: (string|null);

                /** SessionCreated nonce */
                nonce?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionCreated. */
            type $Shape = hawser.bench.SessionCreated.$Properties;
        }

        /**
         * Properties of a SessionContinued.
         * @deprecated Use hawser.bench.SessionContinued.$Properties instead.
         */
        interface ISessionContinued extends hawser.bench.SessionContinued.$Properties {
        }

        /** Represents a SessionContinued. */
        class SessionContinued {

            /**
             * Constructs a new SessionContinued.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.SessionContinued.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionContinued nonce. */
            nonce: (number|Long);

            /**
             * Creates a new SessionContinued instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionContinued instance
             */
            static create(properties: hawser.bench.SessionContinued.$Shape): hawser.bench.SessionContinued & hawser.bench.SessionContinued.$Shape;
            static create(properties?: hawser.bench.SessionContinued.$Properties): hawser.bench.SessionContinued;

            /**
             * Encodes the specified SessionContinued message. Does not implicitly {@link hawser.bench.SessionContinued.verify|verify} messages.
             * @param message SessionContinued message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.SessionContinued.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionContinued message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.SessionContinued & hawser.bench.SessionContinued.$Shape} SessionContinued
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.SessionContinued & hawser.bench.SessionContinued.$Shape;
        }

        namespace SessionContinued {

            /** Properties of a SessionContinued. */
            interface $Properties {

                /** SessionContinued nonce */
                nonce?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionContinued. */
            type $Shape = hawser.bench.SessionContinued.$Properties;
        }

        /**
         * Properties of a SessionRejected.
         * @deprecated Use hawser.bench.SessionRejected.$Properties instead.
         */
        interface ISessionRejected extends hawser.bench.SessionRejected.$Properties {
        }

        /** Represents a SessionRejected. */
        class SessionRejected {

            /**
             * Constructs a new SessionRejected.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.SessionRejected.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionRejected reason. */
            reason: hawser.bench.RejectionReason;

            /** SessionRejected nonce. */
            nonce: (number|Long);

            /** SessionRejected leaderId. */
            leaderId?: (string|null);

            /**
             * Creates a new SessionRejected instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionRejected instance
             */
            static create(properties: hawser.bench.SessionRejected.$Shape): hawser.bench.SessionRejected & hawser.bench.SessionRejected.$Shape;
            static create(properties?: hawser.bench.SessionRejected.$Properties): hawser.bench.SessionRejected;

            /**
             * Encodes the specified SessionRejected message. Does not implicitly {@link hawser.bench.SessionRejected.verify|verify} messages.
             * @param message SessionRejected message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.SessionRejected.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionRejected message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.SessionRejected & hawser.bench.SessionRejected.$Shape} SessionRejected
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.SessionRejected & hawser.bench.SessionRejected.$Shape;
        }

        namespace SessionRejected {

            /** Properties of a SessionRejected. */
            interface $Properties {

                /** SessionRejected reason */
                reason?: (hawser.bench.RejectionReason|null);

                /** SessionRejected nonce */
                nonce?: (number|Long|null);

                /** SessionRejected leaderId */
                leaderId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionRejected. */
            type $Shape = hawser.bench.SessionRejected.$Properties;
        }

        /**
         * Properties of a SessionClosed.
         * @deprecated Use hawser.bench.SessionClosed.$Properties instead.
         */
        interface ISessionClosed extends hawser.bench.SessionClosed.$Properties {
        }

        /** Represents a SessionClosed. */
        class SessionClosed {

            /**
             * Constructs a new SessionClosed.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.SessionClosed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionClosed reason. */
            reason: hawser.bench.SessionCloseReason;

            /** SessionClosed leaderId. */
            leaderId?: (string|null);

            /**
             * Creates a new SessionClosed instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SessionClosed instance
             */
            static create(properties: hawser.bench.SessionClosed.$Shape): hawser.bench.SessionClosed & hawser.bench.SessionClosed.$Shape;
            static create(properties?: hawser.bench.SessionClosed.$Properties): hawser.bench.SessionClosed;

            /**
             * Encodes the specified SessionClosed message. Does not implicitly {@link hawser.bench.SessionClosed.verify|verify} messages.
             * @param message SessionClosed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.SessionClosed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionClosed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.SessionClosed & hawser.bench.SessionClosed.$Shape} SessionClosed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.SessionClosed & hawser.bench.SessionClosed.$Shape;
        }

        namespace SessionClosed {

            /** Properties of a SessionClosed. */
            interface $Properties {

                /** SessionClosed reason */
                reason?: (hawser.bench.SessionCloseReason|null);

                /** SessionClosed leaderId */
                leaderId?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionClosed. */
            type $Shape = hawser.bench.SessionClosed.$Properties;
        }

        /**
         * Properties of a KeepAliveResponse.
         * @deprecated Use hawser.bench.KeepAliveResponse.$Properties instead.
         */
        interface IKeepAliveResponse extends hawser.bench.KeepAliveResponse.$Properties {
        }

        /** Represents a KeepAliveResponse. */
        class KeepAliveResponse {

            /**
             * Constructs a new KeepAliveResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.KeepAliveResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeepAliveResponse timestamp. */
            timestamp: (number|Long);

            /**
             * Creates a new KeepAliveResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KeepAliveResponse instance
             */
            static create(properties: hawser.bench.KeepAliveResponse.$Shape): hawser.bench.KeepAliveResponse & hawser.bench.KeepAliveResponse.$Shape;
            static create(properties?: hawser.bench.KeepAliveResponse.$Properties): hawser.bench.KeepAliveResponse;

            /**
             * Encodes the specified KeepAliveResponse message. Does not implicitly {@link hawser.bench.KeepAliveResponse.verify|verify} messages.
             * @param message KeepAliveResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.KeepAliveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeepAliveResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.KeepAliveResponse & hawser.bench.KeepAliveResponse.$Shape} KeepAliveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.KeepAliveResponse & hawser.bench.KeepAliveResponse.$Shape;
        }

        namespace KeepAliveResponse {

            /** Properties of a KeepAliveResponse. */
            interface $Properties {

                /** KeepAliveResponse timestamp */
                timestamp?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeepAliveResponse. */
            type $Shape = hawser.bench.KeepAliveResponse.$Properties;
        }

        /**
         * Properties of a ClientResponse.
         * @deprecated Use hawser.bench.ClientResponse.$Properties instead.
         */
        interface IClientResponse extends hawser.bench.ClientResponse.$Properties {
        }

        /** Represents a ClientResponse. */
        class ClientResponse {

            /**
             * Constructs a new ClientResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ClientResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClientResponse requestId. */
            requestId: (number|Long);

            /** ClientResponse result. */
            result: Uint8Array;

            /**
             * Creates a new ClientResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ClientResponse instance
             */
            static create(properties: hawser.bench.ClientResponse.$Shape): hawser.bench.ClientResponse & hawser.bench.ClientResponse.$Shape;
            static create(properties?: hawser.bench.ClientResponse.$Properties): hawser.bench.ClientResponse;

            /**
             * Encodes the specified ClientResponse message. Does not implicitly {@link hawser.bench.ClientResponse.verify|verify} messages.
             * @param message ClientResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ClientResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClientResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ClientResponse & hawser.bench.ClientResponse.$Shape} ClientResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ClientResponse & hawser.bench.ClientResponse.$Shape;
        }

        namespace ClientResponse {

            /** Properties of a ClientResponse. */
            interface $Properties {

                /** ClientResponse requestId */
                requestId?: (number|Long|null);

                /** ClientResponse result */
                result?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClientResponse. */
            type $Shape = hawser.bench.ClientResponse.$Properties;
        }

        /**
         * Properties of a ServerRequest.
         * @deprecated Use hawser.bench.ServerRequest.$Properties instead.
         */
        interface IServerRequest extends hawser.bench.ServerRequest.$Properties {
        }

        /** Represents a ServerRequest. */
        class ServerRequest {

            /**
             * Constructs a new ServerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ServerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServerRequest requestId. */
            requestId: (number|Long);

            /** ServerRequest payload. */
            payload: Uint8Array;

            /** ServerRequest createdAt. */
            createdAt: (number|Long);

            /**
             * Creates a new ServerRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ServerRequest instance
             */
            static create(properties: hawser.bench.ServerRequest.$Shape): hawser.bench.ServerRequest & hawser.bench.ServerRequest.$Shape;
            static create(properties?: hawser.bench.ServerRequest.$Properties): hawser.bench.ServerRequest;

            /**
             * Encodes the specified ServerRequest message. Does not implicitly {@link hawser.bench.ServerRequest.verify|verify} messages.
             * @param message ServerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ServerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ServerRequest & hawser.bench.ServerRequest.$Shape} ServerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ServerRequest & hawser.bench.ServerRequest.$Shape;
        }

        namespace ServerRequest {

            /** Properties of a ServerRequest. */
            interface $Properties {

                /** ServerRequest requestId */
                requestId?: (number|Long|null);

                /** ServerRequest payload */
                payload?: (Uint8Array|null);

                /** ServerRequest createdAt */
                createdAt?: (number|Long|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServerRequest. */
            type $Shape = hawser.bench.ServerRequest.$Properties;
        }

        /**
         * Properties of a RequestError.
         * @deprecated Use hawser.bench.RequestError.$Properties instead.
         */
        interface IRequestError extends hawser.bench.RequestError.$Properties {
        }

        /** Represents a RequestError. */
        class RequestError {

            /**
             * Constructs a new RequestError.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.RequestError.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RequestError requestId. */
            requestId: (number|Long);

            /** RequestError reason. */
            reason: hawser.bench.RequestFailure;

            /**
             * Creates a new RequestError instance using the specified properties.
             * @param [properties] Properties to set
             * @returns RequestError instance
             */
            static create(properties: hawser.bench.RequestError.$Shape): hawser.bench.RequestError & hawser.bench.RequestError.$Shape;
            static create(properties?: hawser.bench.RequestError.$Properties): hawser.bench.RequestError;

            /**
             * Encodes the specified RequestError message. Does not implicitly {@link hawser.bench.RequestError.verify|verify} messages.
             * @param message RequestError message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.RequestError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RequestError message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.RequestError & hawser.bench.RequestError.$Shape} RequestError
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.RequestError & hawser.bench.RequestError.$Shape;
        }

        namespace RequestError {

            /** Properties of a RequestError. */
            interface $Properties {

                /** RequestError requestId */
                requestId?: (number|Long|null);

                /** RequestError reason */
                reason?: (hawser.bench.RequestFailure|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RequestError. */
            type $Shape = hawser.bench.RequestError.$Properties;
        }

        /**
         * Properties of a QueryResponse.
         * @deprecated Use hawser.bench.QueryResponse.$Properties instead.
         */
        interface IQueryResponse extends hawser.bench.QueryResponse.$Properties {
        }

        /** Represents a QueryResponse. */
        class QueryResponse {

            /**
             * Constructs a new QueryResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.QueryResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QueryResponse correlationId. */
            correlationId: string;

            /** QueryResponse result. */
            result: Uint8Array;

            /**
             * Creates a new QueryResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QueryResponse instance
             */
            static create(properties: hawser.bench.QueryResponse.$Shape): hawser.bench.QueryResponse & hawser.bench.QueryResponse.$Shape;
            static create(properties?: hawser.bench.QueryResponse.$Properties): hawser.bench.QueryResponse;

            /**
             * Encodes the specified QueryResponse message. Does not implicitly {@link hawser.bench.QueryResponse.verify|verify} messages.
             * @param message QueryResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.QueryResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QueryResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.QueryResponse & hawser.bench.QueryResponse.$Shape} QueryResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.QueryResponse & hawser.bench.QueryResponse.$Shape;
        }

        namespace QueryResponse {

            /** Properties of a QueryResponse. */
            interface $Properties {

                /** QueryResponse correlationId */
                correlationId?: (string|null);

                /** QueryResponse result */
                result?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QueryResponse. */
            type $Shape = hawser.bench.QueryResponse.$Properties;
        }

        /**
         * Properties of a ServerMessage.
         * @deprecated Use hawser.bench.ServerMessage.$Properties instead.
         */
        interface IServerMessage extends hawser.bench.ServerMessage.$Properties {
        }

        /** Represents a ServerMessage. */
        class ServerMessage {

            /**
             * Constructs a new ServerMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.ServerMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServerMessage sessionCreated. */
            sessionCreated?: (hawser.bench.SessionCreated.$Properties|null);

            /** ServerMessage sessionContinued. */
            sessionContinued?: (hawser.bench.SessionContinued.$Properties|null);

            /** ServerMessage sessionRejected. */
            sessionRejected?: (hawser.bench.SessionRejected.$Properties|null);

            /** ServerMessage sessionClosed. */
            sessionClosed?: (hawser.bench.SessionClosed.$Properties|null);

            /** ServerMessage keepAliveResponse. */
            keepAliveResponse?: (hawser.bench.KeepAliveResponse.$Properties|null);

            /** ServerMessage clientResponse. */
            clientResponse?: (hawser.bench.ClientResponse.$Properties|null);

            /** ServerMessage serverRequest. */
            serverRequest?: (hawser.bench.ServerRequest.$Properties|null);

            /** ServerMessage requestError. */
            requestError?: (hawser.bench.RequestError.$Properties|null);

            /** ServerMessage queryResponse. */
            queryResponse?: (hawser.bench.QueryResponse.$Properties|null);

            /** ServerMessage message. */
            message?: ("sessionCreated"|"sessionContinued"|"sessionRejected"|"sessionClosed"|"keepAliveResponse"|"clientResponse"|"serverRequest"|"requestError"|"queryResponse");

            /**
             * Creates a new ServerMessage instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ServerMessage instance
             */
            static create(properties: hawser.bench.ServerMessage.$Shape): hawser.bench.ServerMessage & hawser.bench.ServerMessage.$Shape;
            static create(properties?: hawser.bench.ServerMessage.$Properties): hawser.bench.ServerMessage;

            /**
             * Encodes the specified ServerMessage message. Does not implicitly {@link hawser.bench.ServerMessage.verify|verify} messages.
             * @param message ServerMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.ServerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServerMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.ServerMessage & hawser.bench.ServerMessage.$Shape} ServerMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.ServerMessage & hawser.bench.ServerMessage.$Shape;
        }

        namespace ServerMessage {

            /** Properties of a ServerMessage. */
            interface $Properties {

                /** ServerMessage sessionCreated */
                sessionCreated?: (hawser.bench.SessionCreated.$Properties|null);

                /** ServerMessage sessionContinued */
                sessionContinued?: (hawser.bench.SessionContinued.$Properties|null);

                /** ServerMessage sessionRejected */
                sessionRejected?: (hawser.bench.SessionRejected.$Properties|null);

                /** ServerMessage sessionClosed */
                sessionClosed?: (hawser.bench.SessionClosed.$Properties|null);

                /** ServerMessage keepAliveResponse */
                keepAliveResponse?: (hawser.bench.KeepAliveResponse.$Properties|null);

                /** ServerMessage clientResponse */
                clientResponse?: (hawser.bench.ClientResponse.$Properties|null);

                /** ServerMessage serverRequest */
                serverRequest?: (hawser.bench.ServerRequest.$Properties|null);

                /** ServerMessage requestError */
                requestError?: (hawser.bench.RequestError.$Properties|null);

                /** ServerMessage queryResponse */
                queryResponse?: (hawser.bench.QueryResponse.$Properties|null);

                /** ServerMessage message */
                message?: ("sessionCreated"|"sessionContinued"|"sessionRejected"|"sessionClosed"|"keepAliveResponse"|"clientResponse"|"serverRequest"|"requestError"|"queryResponse");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ServerMessage. */
            type $Shape = {
              sessionCreated?: hawser.bench.SessionCreated.$Shape|null;
              sessionContinued?: hawser.bench.SessionContinued.$Shape|null;
              sessionRejected?: hawser.bench.SessionRejected.$Shape|null;
              sessionClosed?: hawser.bench.SessionClosed.$Shape|null;
              keepAliveResponse?: hawser.bench.KeepAliveResponse.$Shape|null;
              clientResponse?: hawser.bench.ClientResponse.$Shape|null;
              serverRequest?: hawser.bench.ServerRequest.$Shape|null;
              requestError?: hawser.bench.RequestError.$Shape|null;
              queryResponse?: hawser.bench.QueryResponse.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionCreated"; sessionCreated: hawser.bench.SessionCreated.$Shape; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionContinued"; sessionCreated?: null; sessionContinued: hawser.bench.SessionContinued.$Shape; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionRejected"; sessionCreated?: null; sessionContinued?: null; sessionRejected: hawser.bench.SessionRejected.$Shape; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionClosed"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed: hawser.bench.SessionClosed.$Shape; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "keepAliveResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse: hawser.bench.KeepAliveResponse.$Shape; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "clientResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse: hawser.bench.ClientResponse.$Shape; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "serverRequest"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest: hawser.bench.ServerRequest.$Shape; requestError?: null; queryResponse?: null }|{ message?: "requestError"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError: hawser.bench.RequestError.$Shape; queryResponse?: null }|{ message?: "queryResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse: hawser.bench.QueryResponse.$Shape })
            );
        }

        /**
         * Properties of a Batch.
         * @deprecated Use hawser.bench.Batch.$Properties instead.
         */
        interface IBatch extends hawser.bench.Batch.$Properties {
        }

        /** Represents a Batch. */
        class Batch {

            /**
             * Constructs a new Batch.
             * @param [properties] Properties to set
             */
            constructor(properties?: hawser.bench.Batch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Batch requests. */
            requests: hawser.bench.ClientRequest.$Properties[];

            /**
             * Creates a new Batch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Batch instance
             */
            static create(properties: hawser.bench.Batch.$Shape): hawser.bench.Batch & hawser.bench.Batch.$Shape;
            static create(properties?: hawser.bench.Batch.$Properties): hawser.bench.Batch;

            /**
             * Encodes the specified Batch message. Does not implicitly {@link hawser.bench.Batch.verify|verify} messages.
             * @param message Batch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: hawser.bench.Batch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Batch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {hawser.bench.Batch & hawser.bench.Batch.$Shape} Batch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): hawser.bench.Batch & hawser.bench.Batch.$Shape;
        }

        namespace Batch {

            /** Properties of a Batch. */
            interface $Properties {

                /** Batch requests */
                requests?: (hawser.bench.ClientRequest.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Batch. */
            type $Shape = hawser.bench.Batch.$Properties;
        }
    }
}
