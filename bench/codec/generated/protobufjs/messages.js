/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const hawser = $root.hawser = (() => {

    /**
     * Namespace hawser.
     * @exports hawser
     * @namespace
     */
    const hawser = {};

    hawser.bench = (function() {

        /**
         * Namespace bench.
         * @memberof hawser
         * @namespace
         */
        const bench = {};

        /**
         * RejectionReason enum.
         * @name hawser.bench.RejectionReason
         * @enum {number}
         * @property {number} REJECTION_REASON_UNSPECIFIED=0 REJECTION_REASON_UNSPECIFIED value
         * @property {number} REJECTION_REASON_NOT_LEADER=1 REJECTION_REASON_NOT_LEADER value
         * @property {number} REJECTION_REASON_SESSION_EXPIRED=2 REJECTION_REASON_SESSION_EXPIRED value
         * @property {number} REJECTION_REASON_INVALID_CAPABILITIES=3 REJECTION_REASON_INVALID_CAPABILITIES value
         * @property {number} REJECTION_REASON_OTHER=4 REJECTION_REASON_OTHER value
         */
        bench.RejectionReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REJECTION_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REJECTION_REASON_NOT_LEADER"] = 1;
            values[valuesById[2] = "REJECTION_REASON_SESSION_EXPIRED"] = 2;
            values[valuesById[3] = "REJECTION_REASON_INVALID_CAPABILITIES"] = 3;
            values[valuesById[4] = "REJECTION_REASON_OTHER"] = 4;
            return values;
        })();

        /**
         * SessionCloseReason enum.
         * @name hawser.bench.SessionCloseReason
         * @enum {number}
         * @property {number} SESSION_CLOSE_REASON_UNSPECIFIED=0 SESSION_CLOSE_REASON_UNSPECIFIED value
         * @property {number} SESSION_CLOSE_REASON_SHUTDOWN=1 SESSION_CLOSE_REASON_SHUTDOWN value
         * @property {number} SESSION_CLOSE_REASON_NOT_LEADER_ANYMORE=2 SESSION_CLOSE_REASON_NOT_LEADER_ANYMORE value
         * @property {number} SESSION_CLOSE_REASON_SESSION_ERROR=3 SESSION_CLOSE_REASON_SESSION_ERROR value
         * @property {number} SESSION_CLOSE_REASON_CONNECTION_CLOSED=4 SESSION_CLOSE_REASON_CONNECTION_CLOSED value
         * @property {number} SESSION_CLOSE_REASON_SESSION_EXPIRED=5 SESSION_CLOSE_REASON_SESSION_EXPIRED value
         */
        bench.SessionCloseReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SESSION_CLOSE_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SESSION_CLOSE_REASON_SHUTDOWN"] = 1;
            values[valuesById[2] = "SESSION_CLOSE_REASON_NOT_LEADER_ANYMORE"] = 2;
            values[valuesById[3] = "SESSION_CLOSE_REASON_SESSION_ERROR"] = 3;
            values[valuesById[4] = "SESSION_CLOSE_REASON_CONNECTION_CLOSED"] = 4;
            values[valuesById[5] = "SESSION_CLOSE_REASON_SESSION_EXPIRED"] = 5;
            return values;
        })();

        /**
         * CloseReason enum.
         * @name hawser.bench.CloseReason
         * @enum {number}
         * @property {number} CLOSE_REASON_UNSPECIFIED=0 CLOSE_REASON_UNSPECIFIED value
         * @property {number} CLOSE_REASON_CLIENT_SHUTDOWN=1 CLOSE_REASON_CLIENT_SHUTDOWN value
         */
        bench.CloseReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "CLOSE_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "CLOSE_REASON_CLIENT_SHUTDOWN"] = 1;
            return values;
        })();

        /**
         * RequestFailure enum.
         * @name hawser.bench.RequestFailure
         * @enum {number}
         * @property {number} REQUEST_FAILURE_UNSPECIFIED=0 REQUEST_FAILURE_UNSPECIFIED value
         * @property {number} REQUEST_FAILURE_RESPONSE_EVICTED=1 REQUEST_FAILURE_RESPONSE_EVICTED value
         */
        bench.RequestFailure = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REQUEST_FAILURE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REQUEST_FAILURE_RESPONSE_EVICTED"] = 1;
            return values;
        })();

        bench.CreateSession = (function() {

            /**
             * Properties of a CreateSession.
             * @typedef {Object} hawser.bench.CreateSession.$Properties
             * @property {Object.<string,string>|null} [capabilities] CreateSession capabilities
             * @property {number|Long|null} [nonce] CreateSession nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateSession.
             * @memberof hawser.bench
             * @interface ICreateSession
             * @augments hawser.bench.CreateSession.$Properties
             * @deprecated Use hawser.bench.CreateSession.$Properties instead.
             */

            /**
             * Shape of a CreateSession.
             * @typedef {hawser.bench.CreateSession.$Properties} hawser.bench.CreateSession.$Shape
             */

            /**
             * Constructs a new CreateSession.
             * @memberof hawser.bench
             * @classdesc Represents a CreateSession.
             * @constructor
             * @param {hawser.bench.CreateSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateSession = function (properties) {
                this.capabilities = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateSession capabilities.
             * @member {Object.<string,string>} capabilities
             * @memberof hawser.bench.CreateSession
             * @instance
             */
            CreateSession.prototype.capabilities = $util.emptyObject;

            /**
             * CreateSession nonce.
             * @member {number|Long} nonce
             * @memberof hawser.bench.CreateSession
             * @instance
             */
            CreateSession.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new CreateSession instance using the specified properties.
             * @function create
             * @memberof hawser.bench.CreateSession
             * @static
             * @param {hawser.bench.CreateSession.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.CreateSession} CreateSession instance
             * @type {{
             *   (properties: hawser.bench.CreateSession.$Shape): hawser.bench.CreateSession & hawser.bench.CreateSession.$Shape;
             *   (properties?: hawser.bench.CreateSession.$Properties): hawser.bench.CreateSession;
             * }}
             */
            CreateSession.create = function(properties) {
                return new CreateSession(properties);
            };

            /**
             * Encodes the specified CreateSession message. Does not implicitly {@link hawser.bench.CreateSession.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.CreateSession
             * @static
             * @param {hawser.bench.CreateSession.$Properties} message CreateSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.capabilities != null && $Object.hasOwnProperty.call(message, "capabilities"))
                    for (let keys = $Object.keys(message.capabilities), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.capabilities[keys[i]]).ldelim();
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).sfixed64(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateSession message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.CreateSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.CreateSession & hawser.bench.CreateSession.$Shape} CreateSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateSession.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.CreateSession();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (message.capabilities === $util.emptyObject)
                                message.capabilities = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.capabilities, key);
                            message.capabilities[key] = value;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CreateSession;
        })();

        bench.ContinueSession = (function() {

            /**
             * Properties of a ContinueSession.
             * @typedef {Object} hawser.bench.ContinueSession.$Properties
             * @property {string|null} [sessionId] ContinueSession sessionId
             * @property {number|Long|null} [nonce] ContinueSession nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContinueSession.
             * @memberof hawser.bench
             * @interface IContinueSession
             * @augments hawser.bench.ContinueSession.$Properties
             * @deprecated Use hawser.bench.ContinueSession.$Properties instead.
             */

            /**
             * Shape of a ContinueSession.
             * @typedef {hawser.bench.ContinueSession.$Properties} hawser.bench.ContinueSession.$Shape
             */

            /**
             * Constructs a new ContinueSession.
             * @memberof hawser.bench
             * @classdesc Represents a ContinueSession.
             * @constructor
             * @param {hawser.bench.ContinueSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContinueSession = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContinueSession sessionId.
             * @member {string} sessionId
             * @memberof hawser.bench.ContinueSession
             * @instance
             */
            ContinueSession.prototype.sessionId = "";

            /**
             * ContinueSession nonce.
             * @member {number|Long} nonce
             * @memberof hawser.bench.ContinueSession
             * @instance
             */
            ContinueSession.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new ContinueSession instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ContinueSession
             * @static
             * @param {hawser.bench.ContinueSession.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ContinueSession} ContinueSession instance
             * @type {{
             *   (properties: hawser.bench.ContinueSession.$Shape): hawser.bench.ContinueSession & hawser.bench.ContinueSession.$Shape;
             *   (properties?: hawser.bench.ContinueSession.$Properties): hawser.bench.ContinueSession;
             * }}
             */
            ContinueSession.create = function(properties) {
                return new ContinueSession(properties);
            };

            /**
             * Encodes the specified ContinueSession message. Does not implicitly {@link hawser.bench.ContinueSession.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ContinueSession
             * @static
             * @param {hawser.bench.ContinueSession.$Properties} message ContinueSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContinueSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.sessionId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).sfixed64(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContinueSession message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ContinueSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ContinueSession & hawser.bench.ContinueSession.$Shape} ContinueSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContinueSession.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ContinueSession();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ContinueSession;
        })();

        bench.KeepAlive = (function() {

            /**
             * Properties of a KeepAlive.
             * @typedef {Object} hawser.bench.KeepAlive.$Properties
             * @property {number|Long|null} [timestamp] KeepAlive timestamp
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeepAlive.
             * @memberof hawser.bench
             * @interface IKeepAlive
             * @augments hawser.bench.KeepAlive.$Properties
             * @deprecated Use hawser.bench.KeepAlive.$Properties instead.
             */

            /**
             * Shape of a KeepAlive.
             * @typedef {hawser.bench.KeepAlive.$Properties} hawser.bench.KeepAlive.$Shape
             */

            /**
             * Constructs a new KeepAlive.
             * @memberof hawser.bench
             * @classdesc Represents a KeepAlive.
             * @constructor
             * @param {hawser.bench.KeepAlive.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeepAlive = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeepAlive timestamp.
             * @member {number|Long} timestamp
             * @memberof hawser.bench.KeepAlive
             * @instance
             */
            KeepAlive.prototype.timestamp = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new KeepAlive instance using the specified properties.
             * @function create
             * @memberof hawser.bench.KeepAlive
             * @static
             * @param {hawser.bench.KeepAlive.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.KeepAlive} KeepAlive instance
             * @type {{
             *   (properties: hawser.bench.KeepAlive.$Shape): hawser.bench.KeepAlive & hawser.bench.KeepAlive.$Shape;
             *   (properties?: hawser.bench.KeepAlive.$Properties): hawser.bench.KeepAlive;
             * }}
             */
            KeepAlive.create = function(properties) {
                return new KeepAlive(properties);
            };

            /**
             * Encodes the specified KeepAlive message. Does not implicitly {@link hawser.bench.KeepAlive.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.KeepAlive
             * @static
             * @param {hawser.bench.KeepAlive.$Properties} message KeepAlive message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeepAlive.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && (typeof message.timestamp === "object" ? message.timestamp.low || message.timestamp.high : message.timestamp !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.timestamp);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeepAlive message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.KeepAlive
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.KeepAlive & hawser.bench.KeepAlive.$Shape} KeepAlive
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeepAlive.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.KeepAlive();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestamp = value;
                            else
                                delete message.timestamp;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return KeepAlive;
        })();

        bench.ClientRequest = (function() {

            /**
             * Properties of a ClientRequest.
             * @typedef {Object} hawser.bench.ClientRequest.$Properties
             * @property {number|Long|null} [requestId] ClientRequest requestId
             * @property {number|Long|null} [lowestPendingRequestId] ClientRequest lowestPendingRequestId
             * @property {Uint8Array|null} [payload] ClientRequest payload
             * @property {number|Long|null} [createdAt] ClientRequest createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClientRequest.
             * @memberof hawser.bench
             * @interface IClientRequest
             * @augments hawser.bench.ClientRequest.$Properties
             * @deprecated Use hawser.bench.ClientRequest.$Properties instead.
             */

            /**
             * Shape of a ClientRequest.
             * @typedef {hawser.bench.ClientRequest.$Properties} hawser.bench.ClientRequest.$Shape
             */

            /**
             * Constructs a new ClientRequest.
             * @memberof hawser.bench
             * @classdesc Represents a ClientRequest.
             * @constructor
             * @param {hawser.bench.ClientRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClientRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClientRequest requestId.
             * @member {number|Long} requestId
             * @memberof hawser.bench.ClientRequest
             * @instance
             */
            ClientRequest.prototype.requestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ClientRequest lowestPendingRequestId.
             * @member {number|Long} lowestPendingRequestId
             * @memberof hawser.bench.ClientRequest
             * @instance
             */
            ClientRequest.prototype.lowestPendingRequestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ClientRequest payload.
             * @member {Uint8Array} payload
             * @memberof hawser.bench.ClientRequest
             * @instance
             */
            ClientRequest.prototype.payload = $util.newBuffer([]);

            /**
             * ClientRequest createdAt.
             * @member {number|Long} createdAt
             * @memberof hawser.bench.ClientRequest
             * @instance
             */
            ClientRequest.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new ClientRequest instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ClientRequest
             * @static
             * @param {hawser.bench.ClientRequest.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ClientRequest} ClientRequest instance
             * @type {{
             *   (properties: hawser.bench.ClientRequest.$Shape): hawser.bench.ClientRequest & hawser.bench.ClientRequest.$Shape;
             *   (properties?: hawser.bench.ClientRequest.$Properties): hawser.bench.ClientRequest;
             * }}
             */
            ClientRequest.create = function(properties) {
                return new ClientRequest(properties);
            };

            /**
             * Encodes the specified ClientRequest message. Does not implicitly {@link hawser.bench.ClientRequest.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ClientRequest
             * @static
             * @param {hawser.bench.ClientRequest.$Properties} message ClientRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClientRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && (typeof message.requestId === "object" ? message.requestId.low || message.requestId.high : message.requestId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.requestId);
                if (message.lowestPendingRequestId != null && $Object.hasOwnProperty.call(message, "lowestPendingRequestId") && (typeof message.lowestPendingRequestId === "object" ? message.lowestPendingRequestId.low || message.lowestPendingRequestId.high : message.lowestPendingRequestId !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.lowestPendingRequestId);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.payload);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClientRequest message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ClientRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ClientRequest & hawser.bench.ClientRequest.$Shape} ClientRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClientRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ClientRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lowestPendingRequestId = value;
                            else
                                delete message.lowestPendingRequestId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ClientRequest;
        })();

        bench.ServerRequestAck = (function() {

            /**
             * Properties of a ServerRequestAck.
             * @typedef {Object} hawser.bench.ServerRequestAck.$Properties
             * @property {number|Long|null} [requestId] ServerRequestAck requestId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServerRequestAck.
             * @memberof hawser.bench
             * @interface IServerRequestAck
             * @augments hawser.bench.ServerRequestAck.$Properties
             * @deprecated Use hawser.bench.ServerRequestAck.$Properties instead.
             */

            /**
             * Shape of a ServerRequestAck.
             * @typedef {hawser.bench.ServerRequestAck.$Properties} hawser.bench.ServerRequestAck.$Shape
             */

            /**
             * Constructs a new ServerRequestAck.
             * @memberof hawser.bench
             * @classdesc Represents a ServerRequestAck.
             * @constructor
             * @param {hawser.bench.ServerRequestAck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServerRequestAck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServerRequestAck requestId.
             * @member {number|Long} requestId
             * @memberof hawser.bench.ServerRequestAck
             * @instance
             */
            ServerRequestAck.prototype.requestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new ServerRequestAck instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ServerRequestAck
             * @static
             * @param {hawser.bench.ServerRequestAck.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ServerRequestAck} ServerRequestAck instance
             * @type {{
             *   (properties: hawser.bench.ServerRequestAck.$Shape): hawser.bench.ServerRequestAck & hawser.bench.ServerRequestAck.$Shape;
             *   (properties?: hawser.bench.ServerRequestAck.$Properties): hawser.bench.ServerRequestAck;
             * }}
             */
            ServerRequestAck.create = function(properties) {
                return new ServerRequestAck(properties);
            };

            /**
             * Encodes the specified ServerRequestAck message. Does not implicitly {@link hawser.bench.ServerRequestAck.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ServerRequestAck
             * @static
             * @param {hawser.bench.ServerRequestAck.$Properties} message ServerRequestAck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServerRequestAck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && (typeof message.requestId === "object" ? message.requestId.low || message.requestId.high : message.requestId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.requestId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServerRequestAck message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ServerRequestAck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ServerRequestAck & hawser.bench.ServerRequestAck.$Shape} ServerRequestAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServerRequestAck.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ServerRequestAck();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ServerRequestAck;
        })();

        bench.CloseSession = (function() {

            /**
             * Properties of a CloseSession.
             * @typedef {Object} hawser.bench.CloseSession.$Properties
             * @property {hawser.bench.CloseReason|null} [reason] CloseSession reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CloseSession.
             * @memberof hawser.bench
             * @interface ICloseSession
             * @augments hawser.bench.CloseSession.$Properties
             * @deprecated Use hawser.bench.CloseSession.$Properties instead.
             */

            /**
             * Shape of a CloseSession.
             * @typedef {hawser.bench.CloseSession.$Properties} hawser.bench.CloseSession.$Shape
             */

            /**
             * Constructs a new CloseSession.
             * @memberof hawser.bench
             * @classdesc Represents a CloseSession.
             * @constructor
             * @param {hawser.bench.CloseSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CloseSession = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CloseSession reason.
             * @member {hawser.bench.CloseReason} reason
             * @memberof hawser.bench.CloseSession
             * @instance
             */
            CloseSession.prototype.reason = 0;

            /**
             * Creates a new CloseSession instance using the specified properties.
             * @function create
             * @memberof hawser.bench.CloseSession
             * @static
             * @param {hawser.bench.CloseSession.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.CloseSession} CloseSession instance
             * @type {{
             *   (properties: hawser.bench.CloseSession.$Shape): hawser.bench.CloseSession & hawser.bench.CloseSession.$Shape;
             *   (properties?: hawser.bench.CloseSession.$Properties): hawser.bench.CloseSession;
             * }}
             */
            CloseSession.create = function(properties) {
                return new CloseSession(properties);
            };

            /**
             * Encodes the specified CloseSession message. Does not implicitly {@link hawser.bench.CloseSession.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.CloseSession
             * @static
             * @param {hawser.bench.CloseSession.$Properties} message CloseSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CloseSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CloseSession message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.CloseSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.CloseSession & hawser.bench.CloseSession.$Shape} CloseSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CloseSession.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.CloseSession();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CloseSession;
        })();

        bench.ConnectionClosed = (function() {

            /**
             * Properties of a ConnectionClosed.
             * @typedef {Object} hawser.bench.ConnectionClosed.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ConnectionClosed.
             * @memberof hawser.bench
             * @interface IConnectionClosed
             * @augments hawser.bench.ConnectionClosed.$Properties
             * @deprecated Use hawser.bench.ConnectionClosed.$Properties instead.
             */

            /**
             * Shape of a ConnectionClosed.
             * @typedef {hawser.bench.ConnectionClosed.$Properties} hawser.bench.ConnectionClosed.$Shape
             */

            /**
             * Constructs a new ConnectionClosed.
             * @memberof hawser.bench
             * @classdesc Represents a ConnectionClosed.
             * @constructor
             * @param {hawser.bench.ConnectionClosed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ConnectionClosed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new ConnectionClosed instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ConnectionClosed
             * @static
             * @param {hawser.bench.ConnectionClosed.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ConnectionClosed} ConnectionClosed instance
             * @type {{
             *   (properties: hawser.bench.ConnectionClosed.$Shape): hawser.bench.ConnectionClosed & hawser.bench.ConnectionClosed.$Shape;
             *   (properties?: hawser.bench.ConnectionClosed.$Properties): hawser.bench.ConnectionClosed;
             * }}
             */
            ConnectionClosed.create = function(properties) {
                return new ConnectionClosed(properties);
            };

            /**
             * Encodes the specified ConnectionClosed message. Does not implicitly {@link hawser.bench.ConnectionClosed.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ConnectionClosed
             * @static
             * @param {hawser.bench.ConnectionClosed.$Properties} message ConnectionClosed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ConnectionClosed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ConnectionClosed message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ConnectionClosed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ConnectionClosed & hawser.bench.ConnectionClosed.$Shape} ConnectionClosed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ConnectionClosed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ConnectionClosed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ConnectionClosed;
        })();

        bench.Query = (function() {

            /**
             * Properties of a Query.
             * @typedef {Object} hawser.bench.Query.$Properties
             * @property {string|null} [correlationId] Query correlationId
             * @property {Uint8Array|null} [payload] Query payload
             * @property {number|Long|null} [createdAt] Query createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Query.
             * @memberof hawser.bench
             * @interface IQuery
             * @augments hawser.bench.Query.$Properties
             * @deprecated Use hawser.bench.Query.$Properties instead.
             */

            /**
             * Shape of a Query.
             * @typedef {hawser.bench.Query.$Properties} hawser.bench.Query.$Shape
             */

            /**
             * Constructs a new Query.
             * @memberof hawser.bench
             * @classdesc Represents a Query.
             * @constructor
             * @param {hawser.bench.Query.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Query = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Query correlationId.
             * @member {string} correlationId
             * @memberof hawser.bench.Query
             * @instance
             */
            Query.prototype.correlationId = "";

            /**
             * Query payload.
             * @member {Uint8Array} payload
             * @memberof hawser.bench.Query
             * @instance
             */
            Query.prototype.payload = $util.newBuffer([]);

            /**
             * Query createdAt.
             * @member {number|Long} createdAt
             * @memberof hawser.bench.Query
             * @instance
             */
            Query.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new Query instance using the specified properties.
             * @function create
             * @memberof hawser.bench.Query
             * @static
             * @param {hawser.bench.Query.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.Query} Query instance
             * @type {{
             *   (properties: hawser.bench.Query.$Shape): hawser.bench.Query & hawser.bench.Query.$Shape;
             *   (properties?: hawser.bench.Query.$Properties): hawser.bench.Query;
             * }}
             */
            Query.create = function(properties) {
                return new Query(properties);
            };

            /**
             * Encodes the specified Query message. Does not implicitly {@link hawser.bench.Query.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.Query
             * @static
             * @param {hawser.bench.Query.$Properties} message Query message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Query.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.correlationId != null && $Object.hasOwnProperty.call(message, "correlationId") && message.correlationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.correlationId);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.payload);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Query message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.Query
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.Query & hawser.bench.Query.$Shape} Query
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Query.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.Query();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.correlationId = value;
                            else
                                delete message.correlationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Query;
        })();

        bench.ClientMessage = (function() {

            /**
             * Properties of a ClientMessage.
             * @typedef {Object} hawser.bench.ClientMessage.$Properties
             * @property {hawser.bench.CreateSession.$Properties|null} [createSession] ClientMessage createSession
             * @property {hawser.bench.ContinueSession.$Properties|null} [continueSession] ClientMessage continueSession
             * @property {hawser.bench.KeepAlive.$Properties|null} [keepAlive] ClientMessage keepAlive
             * @property {hawser.bench.ClientRequest.$Properties|null} [clientRequest] ClientMessage clientRequest
             * @property {hawser.bench.ServerRequestAck.$Properties|null} [serverRequestAck] ClientMessage serverRequestAck
             * @property {hawser.bench.CloseSession.$Properties|null} [closeSession] ClientMessage closeSession
             * @property {hawser.bench.ConnectionClosed.$Properties|null} [connectionClosed] ClientMessage connectionClosed
             * @property {hawser.bench.Query.$Properties|null} [query] ClientMessage query
             * @property {"createSession"|"continueSession"|"keepAlive"|"clientRequest"|"serverRequestAck"|"closeSession"|"connectionClosed"|"query"} [message] ClientMessage message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClientMessage.
             * @memberof hawser.bench
             * @interface IClientMessage
             * @augments hawser.bench.ClientMessage.$Properties
             * @deprecated Use hawser.bench.ClientMessage.$Properties instead.
             */

            /**
             * Narrowed shape of a ClientMessage.
             * @typedef {{
             *   createSession?: hawser.bench.CreateSession.$Shape|null;
             *   continueSession?: hawser.bench.ContinueSession.$Shape|null;
             *   keepAlive?: hawser.bench.KeepAlive.$Shape|null;
             *   clientRequest?: hawser.bench.ClientRequest.$Shape|null;
             *   serverRequestAck?: hawser.bench.ServerRequestAck.$Shape|null;
             *   closeSession?: hawser.bench.CloseSession.$Shape|null;
             *   connectionClosed?: hawser.bench.ConnectionClosed.$Shape|null;
             *   query?: hawser.bench.Query.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ message?: undefined; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "createSession"; createSession: hawser.bench.CreateSession.$Shape; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "continueSession"; createSession?: null; continueSession: hawser.bench.ContinueSession.$Shape; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "keepAlive"; createSession?: null; continueSession?: null; keepAlive: hawser.bench.KeepAlive.$Shape; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "clientRequest"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest: hawser.bench.ClientRequest.$Shape; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "serverRequestAck"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck: hawser.bench.ServerRequestAck.$Shape; closeSession?: null; connectionClosed?: null; query?: null }|{ message?: "closeSession"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession: hawser.bench.CloseSession.$Shape; connectionClosed?: null; query?: null }|{ message?: "connectionClosed"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed: hawser.bench.ConnectionClosed.$Shape; query?: null }|{ message?: "query"; createSession?: null; continueSession?: null; keepAlive?: null; clientRequest?: null; serverRequestAck?: null; closeSession?: null; connectionClosed?: null; query: hawser.bench.Query.$Shape })
             * )} hawser.bench.ClientMessage.$Shape
             */

            /**
             * Constructs a new ClientMessage.
             * @memberof hawser.bench
             * @classdesc Represents a ClientMessage.
             * @constructor
             * @param {hawser.bench.ClientMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClientMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClientMessage createSession.
             * @member {hawser.bench.CreateSession.$Properties|null|undefined} createSession
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.createSession = null;

            /**
             * ClientMessage continueSession.
             * @member {hawser.bench.ContinueSession.$Properties|null|undefined} continueSession
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.continueSession = null;

            /**
             * ClientMessage keepAlive.
             * @member {hawser.bench.KeepAlive.$Properties|null|undefined} keepAlive
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.keepAlive = null;

            /**
             * ClientMessage clientRequest.
             * @member {hawser.bench.ClientRequest.$Properties|null|undefined} clientRequest
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.clientRequest = null;

            /**
             * ClientMessage serverRequestAck.
             * @member {hawser.bench.ServerRequestAck.$Properties|null|undefined} serverRequestAck
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.serverRequestAck = null;

            /**
             * ClientMessage closeSession.
             * @member {hawser.bench.CloseSession.$Properties|null|undefined} closeSession
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.closeSession = null;

            /**
             * ClientMessage connectionClosed.
             * @member {hawser.bench.ConnectionClosed.$Properties|null|undefined} connectionClosed
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.connectionClosed = null;

            /**
             * ClientMessage query.
             * @member {hawser.bench.Query.$Properties|null|undefined} query
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            ClientMessage.prototype.query = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ClientMessage message.
             * @member {"createSession"|"continueSession"|"keepAlive"|"clientRequest"|"serverRequestAck"|"closeSession"|"connectionClosed"|"query"|undefined} message
             * @memberof hawser.bench.ClientMessage
             * @instance
             */
            $Object.defineProperty(ClientMessage.prototype, "message", {
                get: $util.oneOfGetter($oneOfFields = ["createSession", "continueSession", "keepAlive", "clientRequest", "serverRequestAck", "closeSession", "connectionClosed", "query"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ClientMessage instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ClientMessage
             * @static
             * @param {hawser.bench.ClientMessage.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ClientMessage} ClientMessage instance
             * @type {{
             *   (properties: hawser.bench.ClientMessage.$Shape): hawser.bench.ClientMessage & hawser.bench.ClientMessage.$Shape;
             *   (properties?: hawser.bench.ClientMessage.$Properties): hawser.bench.ClientMessage;
             * }}
             */
            ClientMessage.create = function(properties) {
                return new ClientMessage(properties);
            };

            /**
             * Encodes the specified ClientMessage message. Does not implicitly {@link hawser.bench.ClientMessage.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ClientMessage
             * @static
             * @param {hawser.bench.ClientMessage.$Properties} message ClientMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClientMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.createSession != null && $Object.hasOwnProperty.call(message, "createSession"))
                    $root.hawser.bench.CreateSession.encode(message.createSession, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.continueSession != null && $Object.hasOwnProperty.call(message, "continueSession"))
                    $root.hawser.bench.ContinueSession.encode(message.continueSession, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.keepAlive != null && $Object.hasOwnProperty.call(message, "keepAlive"))
                    $root.hawser.bench.KeepAlive.encode(message.keepAlive, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.clientRequest != null && $Object.hasOwnProperty.call(message, "clientRequest"))
                    $root.hawser.bench.ClientRequest.encode(message.clientRequest, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.serverRequestAck != null && $Object.hasOwnProperty.call(message, "serverRequestAck"))
                    $root.hawser.bench.ServerRequestAck.encode(message.serverRequestAck, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.closeSession != null && $Object.hasOwnProperty.call(message, "closeSession"))
                    $root.hawser.bench.CloseSession.encode(message.closeSession, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.connectionClosed != null && $Object.hasOwnProperty.call(message, "connectionClosed"))
                    $root.hawser.bench.ConnectionClosed.encode(message.connectionClosed, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.query != null && $Object.hasOwnProperty.call(message, "query"))
                    $root.hawser.bench.Query.encode(message.query, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClientMessage message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ClientMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ClientMessage & hawser.bench.ClientMessage.$Shape} ClientMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClientMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ClientMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.createSession = $root.hawser.bench.CreateSession.decode(reader, reader.size(), $undefined, _depth + 1, message.createSession);
                            message.message = "createSession";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.continueSession = $root.hawser.bench.ContinueSession.decode(reader, reader.size(), $undefined, _depth + 1, message.continueSession);
                            message.message = "continueSession";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.keepAlive = $root.hawser.bench.KeepAlive.decode(reader, reader.size(), $undefined, _depth + 1, message.keepAlive);
                            message.message = "keepAlive";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.clientRequest = $root.hawser.bench.ClientRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.clientRequest);
                            message.message = "clientRequest";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.serverRequestAck = $root.hawser.bench.ServerRequestAck.decode(reader, reader.size(), $undefined, _depth + 1, message.serverRequestAck);
                            message.message = "serverRequestAck";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.closeSession = $root.hawser.bench.CloseSession.decode(reader, reader.size(), $undefined, _depth + 1, message.closeSession);
                            message.message = "closeSession";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.connectionClosed = $root.hawser.bench.ConnectionClosed.decode(reader, reader.size(), $undefined, _depth + 1, message.connectionClosed);
                            message.message = "connectionClosed";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.query = $root.hawser.bench.Query.decode(reader, reader.size(), $undefined, _depth + 1, message.query);
                            message.message = "query";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ClientMessage;
        })();

        bench.SessionCreated = (function() {

            /**
             * Properties of a SessionCreated.
             * @typedef {Object} hawser.bench.SessionCreated.$Properties
             * @property {string|null} [sessionId] SessionCreated sessionId
             * @property {number|Long|null} [nonce] SessionCreated nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionCreated.
             * @memberof hawser.bench
             * @interface ISessionCreated
             * @augments hawser.bench.SessionCreated.$Properties
             * @deprecated Use hawser.bench.SessionCreated.$Properties instead.
             */

            /**
             * Shape of a SessionCreated.
             * @typedef {hawser.bench.SessionCreated.$Properties} hawser.bench.SessionCreated.$Shape
             */

            /**
             * Constructs a new SessionCreated.
             * @memberof hawser.bench
             * @classdesc Represents a SessionCreated.
             * @constructor
             * @param {hawser.bench.SessionCreated.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionCreated = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionCreated sessionId.
             * @member {string} sessionId
             * @memberof hawser.bench.SessionCreated
             * @instance
             */
            SessionCreated.prototype.sessionId = "";

            /**
             * SessionCreated nonce.
             * @member {number|Long} nonce
             * @memberof hawser.bench.SessionCreated
             * @instance
             */
            SessionCreated.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new SessionCreated instance using the specified properties.
             * @function create
             * @memberof hawser.bench.SessionCreated
             * @static
             * @param {hawser.bench.SessionCreated.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.SessionCreated} SessionCreated instance
             * @type {{
             *   (properties: hawser.bench.SessionCreated.$Shape): hawser.bench.SessionCreated & hawser.bench.SessionCreated.$Shape;
             *   (properties?: hawser.bench.SessionCreated.$Properties): hawser.bench.SessionCreated;
             * }}
             */
            SessionCreated.create = function(properties) {
                return new SessionCreated(properties);
            };

            /**
             * Encodes the specified SessionCreated message. Does not implicitly {@link hawser.bench.SessionCreated.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.SessionCreated
             * @static
             * @param {hawser.bench.SessionCreated.$Properties} message SessionCreated message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionCreated.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.sessionId);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).sfixed64(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionCreated message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.SessionCreated
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.SessionCreated & hawser.bench.SessionCreated.$Shape} SessionCreated
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionCreated.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.SessionCreated();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SessionCreated;
        })();

        bench.SessionContinued = (function() {

            /**
             * Properties of a SessionContinued.
             * @typedef {Object} hawser.bench.SessionContinued.$Properties
             * @property {number|Long|null} [nonce] SessionContinued nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionContinued.
             * @memberof hawser.bench
             * @interface ISessionContinued
             * @augments hawser.bench.SessionContinued.$Properties
             * @deprecated Use hawser.bench.SessionContinued.$Properties instead.
             */

            /**
             * Shape of a SessionContinued.
             * @typedef {hawser.bench.SessionContinued.$Properties} hawser.bench.SessionContinued.$Shape
             */

            /**
             * Constructs a new SessionContinued.
             * @memberof hawser.bench
             * @classdesc Represents a SessionContinued.
             * @constructor
             * @param {hawser.bench.SessionContinued.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionContinued = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionContinued nonce.
             * @member {number|Long} nonce
             * @memberof hawser.bench.SessionContinued
             * @instance
             */
            SessionContinued.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new SessionContinued instance using the specified properties.
             * @function create
             * @memberof hawser.bench.SessionContinued
             * @static
             * @param {hawser.bench.SessionContinued.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.SessionContinued} SessionContinued instance
             * @type {{
             *   (properties: hawser.bench.SessionContinued.$Shape): hawser.bench.SessionContinued & hawser.bench.SessionContinued.$Shape;
             *   (properties?: hawser.bench.SessionContinued.$Properties): hawser.bench.SessionContinued;
             * }}
             */
            SessionContinued.create = function(properties) {
                return new SessionContinued(properties);
            };

            /**
             * Encodes the specified SessionContinued message. Does not implicitly {@link hawser.bench.SessionContinued.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.SessionContinued
             * @static
             * @param {hawser.bench.SessionContinued.$Properties} message SessionContinued message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionContinued.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).sfixed64(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionContinued message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.SessionContinued
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.SessionContinued & hawser.bench.SessionContinued.$Shape} SessionContinued
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionContinued.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.SessionContinued();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SessionContinued;
        })();

        bench.SessionRejected = (function() {

            /**
             * Properties of a SessionRejected.
             * @typedef {Object} hawser.bench.SessionRejected.$Properties
             * @property {hawser.bench.RejectionReason|null} [reason] SessionRejected reason
             * @property {number|Long|null} [nonce] SessionRejected nonce
             * @property {string|null} [leaderId] SessionRejected leaderId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionRejected.
             * @memberof hawser.bench
             * @interface ISessionRejected
             * @augments hawser.bench.SessionRejected.$Properties
             * @deprecated Use hawser.bench.SessionRejected.$Properties instead.
             */

            /**
             * Shape of a SessionRejected.
             * @typedef {hawser.bench.SessionRejected.$Properties} hawser.bench.SessionRejected.$Shape
             */

            /**
             * Constructs a new SessionRejected.
             * @memberof hawser.bench
             * @classdesc Represents a SessionRejected.
             * @constructor
             * @param {hawser.bench.SessionRejected.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionRejected = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionRejected reason.
             * @member {hawser.bench.RejectionReason} reason
             * @memberof hawser.bench.SessionRejected
             * @instance
             */
            SessionRejected.prototype.reason = 0;

            /**
             * SessionRejected nonce.
             * @member {number|Long} nonce
             * @memberof hawser.bench.SessionRejected
             * @instance
             */
            SessionRejected.prototype.nonce = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * SessionRejected leaderId.
             * @member {string|null|undefined} leaderId
             * @memberof hawser.bench.SessionRejected
             * @instance
             */
            SessionRejected.prototype.leaderId = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SessionRejected.prototype, "_leaderId", {
                get: $util.oneOfGetter($oneOfFields = ["leaderId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new SessionRejected instance using the specified properties.
             * @function create
             * @memberof hawser.bench.SessionRejected
             * @static
             * @param {hawser.bench.SessionRejected.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.SessionRejected} SessionRejected instance
             * @type {{
             *   (properties: hawser.bench.SessionRejected.$Shape): hawser.bench.SessionRejected & hawser.bench.SessionRejected.$Shape;
             *   (properties?: hawser.bench.SessionRejected.$Properties): hawser.bench.SessionRejected;
             * }}
             */
            SessionRejected.create = function(properties) {
                return new SessionRejected(properties);
            };

            /**
             * Encodes the specified SessionRejected message. Does not implicitly {@link hawser.bench.SessionRejected.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.SessionRejected
             * @static
             * @param {hawser.bench.SessionRejected.$Properties} message SessionRejected message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionRejected.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && (typeof message.nonce === "object" ? message.nonce.low || message.nonce.high : message.nonce !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).sfixed64(message.nonce);
                if (message.leaderId != null && $Object.hasOwnProperty.call(message, "leaderId"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.leaderId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionRejected message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.SessionRejected
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.SessionRejected & hawser.bench.SessionRejected.$Shape} SessionRejected
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionRejected.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.SessionRejected();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.leaderId = reader.stringVerify();
                            message._leaderId = "leaderId";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SessionRejected;
        })();

        bench.SessionClosed = (function() {

            /**
             * Properties of a SessionClosed.
             * @typedef {Object} hawser.bench.SessionClosed.$Properties
             * @property {hawser.bench.SessionCloseReason|null} [reason] SessionClosed reason
             * @property {string|null} [leaderId] SessionClosed leaderId
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionClosed.
             * @memberof hawser.bench
             * @interface ISessionClosed
             * @augments hawser.bench.SessionClosed.$Properties
             * @deprecated Use hawser.bench.SessionClosed.$Properties instead.
             */

            /**
             * Shape of a SessionClosed.
             * @typedef {hawser.bench.SessionClosed.$Properties} hawser.bench.SessionClosed.$Shape
             */

            /**
             * Constructs a new SessionClosed.
             * @memberof hawser.bench
             * @classdesc Represents a SessionClosed.
             * @constructor
             * @param {hawser.bench.SessionClosed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionClosed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionClosed reason.
             * @member {hawser.bench.SessionCloseReason} reason
             * @memberof hawser.bench.SessionClosed
             * @instance
             */
            SessionClosed.prototype.reason = 0;

            /**
             * SessionClosed leaderId.
             * @member {string|null|undefined} leaderId
             * @memberof hawser.bench.SessionClosed
             * @instance
             */
            SessionClosed.prototype.leaderId = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(SessionClosed.prototype, "_leaderId", {
                get: $util.oneOfGetter($oneOfFields = ["leaderId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new SessionClosed instance using the specified properties.
             * @function create
             * @memberof hawser.bench.SessionClosed
             * @static
             * @param {hawser.bench.SessionClosed.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.SessionClosed} SessionClosed instance
             * @type {{
             *   (properties: hawser.bench.SessionClosed.$Shape): hawser.bench.SessionClosed & hawser.bench.SessionClosed.$Shape;
             *   (properties?: hawser.bench.SessionClosed.$Properties): hawser.bench.SessionClosed;
             * }}
             */
            SessionClosed.create = function(properties) {
                return new SessionClosed(properties);
            };

            /**
             * Encodes the specified SessionClosed message. Does not implicitly {@link hawser.bench.SessionClosed.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.SessionClosed
             * @static
             * @param {hawser.bench.SessionClosed.$Properties} message SessionClosed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionClosed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                if (message.leaderId != null && $Object.hasOwnProperty.call(message, "leaderId"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.leaderId);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionClosed message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.SessionClosed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.SessionClosed & hawser.bench.SessionClosed.$Shape} SessionClosed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionClosed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.SessionClosed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.leaderId = reader.stringVerify();
                            message._leaderId = "leaderId";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SessionClosed;
        })();

        bench.KeepAliveResponse = (function() {

            /**
             * Properties of a KeepAliveResponse.
             * @typedef {Object} hawser.bench.KeepAliveResponse.$Properties
             * @property {number|Long|null} [timestamp] KeepAliveResponse timestamp
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeepAliveResponse.
             * @memberof hawser.bench
             * @interface IKeepAliveResponse
             * @augments hawser.bench.KeepAliveResponse.$Properties
             * @deprecated Use hawser.bench.KeepAliveResponse.$Properties instead.
             */

            /**
             * Shape of a KeepAliveResponse.
             * @typedef {hawser.bench.KeepAliveResponse.$Properties} hawser.bench.KeepAliveResponse.$Shape
             */

            /**
             * Constructs a new KeepAliveResponse.
             * @memberof hawser.bench
             * @classdesc Represents a KeepAliveResponse.
             * @constructor
             * @param {hawser.bench.KeepAliveResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeepAliveResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeepAliveResponse timestamp.
             * @member {number|Long} timestamp
             * @memberof hawser.bench.KeepAliveResponse
             * @instance
             */
            KeepAliveResponse.prototype.timestamp = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new KeepAliveResponse instance using the specified properties.
             * @function create
             * @memberof hawser.bench.KeepAliveResponse
             * @static
             * @param {hawser.bench.KeepAliveResponse.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.KeepAliveResponse} KeepAliveResponse instance
             * @type {{
             *   (properties: hawser.bench.KeepAliveResponse.$Shape): hawser.bench.KeepAliveResponse & hawser.bench.KeepAliveResponse.$Shape;
             *   (properties?: hawser.bench.KeepAliveResponse.$Properties): hawser.bench.KeepAliveResponse;
             * }}
             */
            KeepAliveResponse.create = function(properties) {
                return new KeepAliveResponse(properties);
            };

            /**
             * Encodes the specified KeepAliveResponse message. Does not implicitly {@link hawser.bench.KeepAliveResponse.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.KeepAliveResponse
             * @static
             * @param {hawser.bench.KeepAliveResponse.$Properties} message KeepAliveResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeepAliveResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.timestamp != null && $Object.hasOwnProperty.call(message, "timestamp") && (typeof message.timestamp === "object" ? message.timestamp.low || message.timestamp.high : message.timestamp !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).int64(message.timestamp);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeepAliveResponse message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.KeepAliveResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.KeepAliveResponse & hawser.bench.KeepAliveResponse.$Shape} KeepAliveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeepAliveResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.KeepAliveResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.timestamp = value;
                            else
                                delete message.timestamp;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return KeepAliveResponse;
        })();

        bench.ClientResponse = (function() {

            /**
             * Properties of a ClientResponse.
             * @typedef {Object} hawser.bench.ClientResponse.$Properties
             * @property {number|Long|null} [requestId] ClientResponse requestId
             * @property {Uint8Array|null} [result] ClientResponse result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClientResponse.
             * @memberof hawser.bench
             * @interface IClientResponse
             * @augments hawser.bench.ClientResponse.$Properties
             * @deprecated Use hawser.bench.ClientResponse.$Properties instead.
             */

            /**
             * Shape of a ClientResponse.
             * @typedef {hawser.bench.ClientResponse.$Properties} hawser.bench.ClientResponse.$Shape
             */

            /**
             * Constructs a new ClientResponse.
             * @memberof hawser.bench
             * @classdesc Represents a ClientResponse.
             * @constructor
             * @param {hawser.bench.ClientResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClientResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClientResponse requestId.
             * @member {number|Long} requestId
             * @memberof hawser.bench.ClientResponse
             * @instance
             */
            ClientResponse.prototype.requestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ClientResponse result.
             * @member {Uint8Array} result
             * @memberof hawser.bench.ClientResponse
             * @instance
             */
            ClientResponse.prototype.result = $util.newBuffer([]);

            /**
             * Creates a new ClientResponse instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ClientResponse
             * @static
             * @param {hawser.bench.ClientResponse.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ClientResponse} ClientResponse instance
             * @type {{
             *   (properties: hawser.bench.ClientResponse.$Shape): hawser.bench.ClientResponse & hawser.bench.ClientResponse.$Shape;
             *   (properties?: hawser.bench.ClientResponse.$Properties): hawser.bench.ClientResponse;
             * }}
             */
            ClientResponse.create = function(properties) {
                return new ClientResponse(properties);
            };

            /**
             * Encodes the specified ClientResponse message. Does not implicitly {@link hawser.bench.ClientResponse.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ClientResponse
             * @static
             * @param {hawser.bench.ClientResponse.$Properties} message ClientResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClientResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && (typeof message.requestId === "object" ? message.requestId.low || message.requestId.high : message.requestId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.requestId);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.result);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClientResponse message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ClientResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ClientResponse & hawser.bench.ClientResponse.$Shape} ClientResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClientResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ClientResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ClientResponse;
        })();

        bench.ServerRequest = (function() {

            /**
             * Properties of a ServerRequest.
             * @typedef {Object} hawser.bench.ServerRequest.$Properties
             * @property {number|Long|null} [requestId] ServerRequest requestId
             * @property {Uint8Array|null} [payload] ServerRequest payload
             * @property {number|Long|null} [createdAt] ServerRequest createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServerRequest.
             * @memberof hawser.bench
             * @interface IServerRequest
             * @augments hawser.bench.ServerRequest.$Properties
             * @deprecated Use hawser.bench.ServerRequest.$Properties instead.
             */

            /**
             * Shape of a ServerRequest.
             * @typedef {hawser.bench.ServerRequest.$Properties} hawser.bench.ServerRequest.$Shape
             */

            /**
             * Constructs a new ServerRequest.
             * @memberof hawser.bench
             * @classdesc Represents a ServerRequest.
             * @constructor
             * @param {hawser.bench.ServerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServerRequest requestId.
             * @member {number|Long} requestId
             * @memberof hawser.bench.ServerRequest
             * @instance
             */
            ServerRequest.prototype.requestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ServerRequest payload.
             * @member {Uint8Array} payload
             * @memberof hawser.bench.ServerRequest
             * @instance
             */
            ServerRequest.prototype.payload = $util.newBuffer([]);

            /**
             * ServerRequest createdAt.
             * @member {number|Long} createdAt
             * @memberof hawser.bench.ServerRequest
             * @instance
             */
            ServerRequest.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Creates a new ServerRequest instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ServerRequest
             * @static
             * @param {hawser.bench.ServerRequest.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ServerRequest} ServerRequest instance
             * @type {{
             *   (properties: hawser.bench.ServerRequest.$Shape): hawser.bench.ServerRequest & hawser.bench.ServerRequest.$Shape;
             *   (properties?: hawser.bench.ServerRequest.$Properties): hawser.bench.ServerRequest;
             * }}
             */
            ServerRequest.create = function(properties) {
                return new ServerRequest(properties);
            };

            /**
             * Encodes the specified ServerRequest message. Does not implicitly {@link hawser.bench.ServerRequest.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ServerRequest
             * @static
             * @param {hawser.bench.ServerRequest.$Properties} message ServerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && (typeof message.requestId === "object" ? message.requestId.low || message.requestId.high : message.requestId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.requestId);
                if (message.payload != null && $Object.hasOwnProperty.call(message, "payload") && message.payload.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.payload);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).int64(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ServerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ServerRequest & hawser.bench.ServerRequest.$Shape} ServerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ServerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.payload = value;
                            else
                                delete message.payload;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ServerRequest;
        })();

        bench.RequestError = (function() {

            /**
             * Properties of a RequestError.
             * @typedef {Object} hawser.bench.RequestError.$Properties
             * @property {number|Long|null} [requestId] RequestError requestId
             * @property {hawser.bench.RequestFailure|null} [reason] RequestError reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RequestError.
             * @memberof hawser.bench
             * @interface IRequestError
             * @augments hawser.bench.RequestError.$Properties
             * @deprecated Use hawser.bench.RequestError.$Properties instead.
             */

            /**
             * Shape of a RequestError.
             * @typedef {hawser.bench.RequestError.$Properties} hawser.bench.RequestError.$Shape
             */

            /**
             * Constructs a new RequestError.
             * @memberof hawser.bench
             * @classdesc Represents a RequestError.
             * @constructor
             * @param {hawser.bench.RequestError.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RequestError = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RequestError requestId.
             * @member {number|Long} requestId
             * @memberof hawser.bench.RequestError
             * @instance
             */
            RequestError.prototype.requestId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * RequestError reason.
             * @member {hawser.bench.RequestFailure} reason
             * @memberof hawser.bench.RequestError
             * @instance
             */
            RequestError.prototype.reason = 0;

            /**
             * Creates a new RequestError instance using the specified properties.
             * @function create
             * @memberof hawser.bench.RequestError
             * @static
             * @param {hawser.bench.RequestError.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.RequestError} RequestError instance
             * @type {{
             *   (properties: hawser.bench.RequestError.$Shape): hawser.bench.RequestError & hawser.bench.RequestError.$Shape;
             *   (properties?: hawser.bench.RequestError.$Properties): hawser.bench.RequestError;
             * }}
             */
            RequestError.create = function(properties) {
                return new RequestError(properties);
            };

            /**
             * Encodes the specified RequestError message. Does not implicitly {@link hawser.bench.RequestError.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.RequestError
             * @static
             * @param {hawser.bench.RequestError.$Properties} message RequestError message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RequestError.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requestId != null && $Object.hasOwnProperty.call(message, "requestId") && (typeof message.requestId === "object" ? message.requestId.low || message.requestId.high : message.requestId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.requestId);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RequestError message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.RequestError
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.RequestError & hawser.bench.RequestError.$Shape} RequestError
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RequestError.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.RequestError();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.requestId = value;
                            else
                                delete message.requestId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RequestError;
        })();

        bench.QueryResponse = (function() {

            /**
             * Properties of a QueryResponse.
             * @typedef {Object} hawser.bench.QueryResponse.$Properties
             * @property {string|null} [correlationId] QueryResponse correlationId
             * @property {Uint8Array|null} [result] QueryResponse result
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a QueryResponse.
             * @memberof hawser.bench
             * @interface IQueryResponse
             * @augments hawser.bench.QueryResponse.$Properties
             * @deprecated Use hawser.bench.QueryResponse.$Properties instead.
             */

            /**
             * Shape of a QueryResponse.
             * @typedef {hawser.bench.QueryResponse.$Properties} hawser.bench.QueryResponse.$Shape
             */

            /**
             * Constructs a new QueryResponse.
             * @memberof hawser.bench
             * @classdesc Represents a QueryResponse.
             * @constructor
             * @param {hawser.bench.QueryResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const QueryResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * QueryResponse correlationId.
             * @member {string} correlationId
             * @memberof hawser.bench.QueryResponse
             * @instance
             */
            QueryResponse.prototype.correlationId = "";

            /**
             * QueryResponse result.
             * @member {Uint8Array} result
             * @memberof hawser.bench.QueryResponse
             * @instance
             */
            QueryResponse.prototype.result = $util.newBuffer([]);

            /**
             * Creates a new QueryResponse instance using the specified properties.
             * @function create
             * @memberof hawser.bench.QueryResponse
             * @static
             * @param {hawser.bench.QueryResponse.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.QueryResponse} QueryResponse instance
             * @type {{
             *   (properties: hawser.bench.QueryResponse.$Shape): hawser.bench.QueryResponse & hawser.bench.QueryResponse.$Shape;
             *   (properties?: hawser.bench.QueryResponse.$Properties): hawser.bench.QueryResponse;
             * }}
             */
            QueryResponse.create = function(properties) {
                return new QueryResponse(properties);
            };

            /**
             * Encodes the specified QueryResponse message. Does not implicitly {@link hawser.bench.QueryResponse.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.QueryResponse
             * @static
             * @param {hawser.bench.QueryResponse.$Properties} message QueryResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QueryResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.correlationId != null && $Object.hasOwnProperty.call(message, "correlationId") && message.correlationId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.correlationId);
                if (message.result != null && $Object.hasOwnProperty.call(message, "result") && message.result.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.result);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a QueryResponse message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.QueryResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.QueryResponse & hawser.bench.QueryResponse.$Shape} QueryResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QueryResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.QueryResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.correlationId = value;
                            else
                                delete message.correlationId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.result = value;
                            else
                                delete message.result;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return QueryResponse;
        })();

        bench.ServerMessage = (function() {

            /**
             * Properties of a ServerMessage.
             * @typedef {Object} hawser.bench.ServerMessage.$Properties
             * @property {hawser.bench.SessionCreated.$Properties|null} [sessionCreated] ServerMessage sessionCreated
             * @property {hawser.bench.SessionContinued.$Properties|null} [sessionContinued] ServerMessage sessionContinued
             * @property {hawser.bench.SessionRejected.$Properties|null} [sessionRejected] ServerMessage sessionRejected
             * @property {hawser.bench.SessionClosed.$Properties|null} [sessionClosed] ServerMessage sessionClosed
             * @property {hawser.bench.KeepAliveResponse.$Properties|null} [keepAliveResponse] ServerMessage keepAliveResponse
             * @property {hawser.bench.ClientResponse.$Properties|null} [clientResponse] ServerMessage clientResponse
             * @property {hawser.bench.ServerRequest.$Properties|null} [serverRequest] ServerMessage serverRequest
             * @property {hawser.bench.RequestError.$Properties|null} [requestError] ServerMessage requestError
             * @property {hawser.bench.QueryResponse.$Properties|null} [queryResponse] ServerMessage queryResponse
             * @property {"sessionCreated"|"sessionContinued"|"sessionRejected"|"sessionClosed"|"keepAliveResponse"|"clientResponse"|"serverRequest"|"requestError"|"queryResponse"} [message] ServerMessage message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServerMessage.
             * @memberof hawser.bench
             * @interface IServerMessage
             * @augments hawser.bench.ServerMessage.$Properties
             * @deprecated Use hawser.bench.ServerMessage.$Properties instead.
             */

            /**
             * Narrowed shape of a ServerMessage.
             * @typedef {{
             *   sessionCreated?: hawser.bench.SessionCreated.$Shape|null;
             *   sessionContinued?: hawser.bench.SessionContinued.$Shape|null;
             *   sessionRejected?: hawser.bench.SessionRejected.$Shape|null;
             *   sessionClosed?: hawser.bench.SessionClosed.$Shape|null;
             *   keepAliveResponse?: hawser.bench.KeepAliveResponse.$Shape|null;
             *   clientResponse?: hawser.bench.ClientResponse.$Shape|null;
             *   serverRequest?: hawser.bench.ServerRequest.$Shape|null;
             *   requestError?: hawser.bench.RequestError.$Shape|null;
             *   queryResponse?: hawser.bench.QueryResponse.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ message?: undefined; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionCreated"; sessionCreated: hawser.bench.SessionCreated.$Shape; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionContinued"; sessionCreated?: null; sessionContinued: hawser.bench.SessionContinued.$Shape; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionRejected"; sessionCreated?: null; sessionContinued?: null; sessionRejected: hawser.bench.SessionRejected.$Shape; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "sessionClosed"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed: hawser.bench.SessionClosed.$Shape; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "keepAliveResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse: hawser.bench.KeepAliveResponse.$Shape; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "clientResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse: hawser.bench.ClientResponse.$Shape; serverRequest?: null; requestError?: null; queryResponse?: null }|{ message?: "serverRequest"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest: hawser.bench.ServerRequest.$Shape; requestError?: null; queryResponse?: null }|{ message?: "requestError"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError: hawser.bench.RequestError.$Shape; queryResponse?: null }|{ message?: "queryResponse"; sessionCreated?: null; sessionContinued?: null; sessionRejected?: null; sessionClosed?: null; keepAliveResponse?: null; clientResponse?: null; serverRequest?: null; requestError?: null; queryResponse: hawser.bench.QueryResponse.$Shape })
             * )} hawser.bench.ServerMessage.$Shape
             */

            /**
             * Constructs a new ServerMessage.
             * @memberof hawser.bench
             * @classdesc Represents a ServerMessage.
             * @constructor
             * @param {hawser.bench.ServerMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServerMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServerMessage sessionCreated.
             * @member {hawser.bench.SessionCreated.$Properties|null|undefined} sessionCreated
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.sessionCreated = null;

            /**
             * ServerMessage sessionContinued.
             * @member {hawser.bench.SessionContinued.$Properties|null|undefined} sessionContinued
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.sessionContinued = null;

            /**
             * ServerMessage sessionRejected.
             * @member {hawser.bench.SessionRejected.$Properties|null|undefined} sessionRejected
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.sessionRejected = null;

            /**
             * ServerMessage sessionClosed.
             * @member {hawser.bench.SessionClosed.$Properties|null|undefined} sessionClosed
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.sessionClosed = null;

            /**
             * ServerMessage keepAliveResponse.
             * @member {hawser.bench.KeepAliveResponse.$Properties|null|undefined} keepAliveResponse
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.keepAliveResponse = null;

            /**
             * ServerMessage clientResponse.
             * @member {hawser.bench.ClientResponse.$Properties|null|undefined} clientResponse
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.clientResponse = null;

            /**
             * ServerMessage serverRequest.
             * @member {hawser.bench.ServerRequest.$Properties|null|undefined} serverRequest
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.serverRequest = null;

            /**
             * ServerMessage requestError.
             * @member {hawser.bench.RequestError.$Properties|null|undefined} requestError
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.requestError = null;

            /**
             * ServerMessage queryResponse.
             * @member {hawser.bench.QueryResponse.$Properties|null|undefined} queryResponse
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            ServerMessage.prototype.queryResponse = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ServerMessage message.
             * @member {"sessionCreated"|"sessionContinued"|"sessionRejected"|"sessionClosed"|"keepAliveResponse"|"clientResponse"|"serverRequest"|"requestError"|"queryResponse"|undefined} message
             * @memberof hawser.bench.ServerMessage
             * @instance
             */
            $Object.defineProperty(ServerMessage.prototype, "message", {
                get: $util.oneOfGetter($oneOfFields = ["sessionCreated", "sessionContinued", "sessionRejected", "sessionClosed", "keepAliveResponse", "clientResponse", "serverRequest", "requestError", "queryResponse"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ServerMessage instance using the specified properties.
             * @function create
             * @memberof hawser.bench.ServerMessage
             * @static
             * @param {hawser.bench.ServerMessage.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.ServerMessage} ServerMessage instance
             * @type {{
             *   (properties: hawser.bench.ServerMessage.$Shape): hawser.bench.ServerMessage & hawser.bench.ServerMessage.$Shape;
             *   (properties?: hawser.bench.ServerMessage.$Properties): hawser.bench.ServerMessage;
             * }}
             */
            ServerMessage.create = function(properties) {
                return new ServerMessage(properties);
            };

            /**
             * Encodes the specified ServerMessage message. Does not implicitly {@link hawser.bench.ServerMessage.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.ServerMessage
             * @static
             * @param {hawser.bench.ServerMessage.$Properties} message ServerMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServerMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionCreated != null && $Object.hasOwnProperty.call(message, "sessionCreated"))
                    $root.hawser.bench.SessionCreated.encode(message.sessionCreated, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.sessionContinued != null && $Object.hasOwnProperty.call(message, "sessionContinued"))
                    $root.hawser.bench.SessionContinued.encode(message.sessionContinued, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.sessionRejected != null && $Object.hasOwnProperty.call(message, "sessionRejected"))
                    $root.hawser.bench.SessionRejected.encode(message.sessionRejected, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.sessionClosed != null && $Object.hasOwnProperty.call(message, "sessionClosed"))
                    $root.hawser.bench.SessionClosed.encode(message.sessionClosed, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.keepAliveResponse != null && $Object.hasOwnProperty.call(message, "keepAliveResponse"))
                    $root.hawser.bench.KeepAliveResponse.encode(message.keepAliveResponse, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.clientResponse != null && $Object.hasOwnProperty.call(message, "clientResponse"))
                    $root.hawser.bench.ClientResponse.encode(message.clientResponse, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.serverRequest != null && $Object.hasOwnProperty.call(message, "serverRequest"))
                    $root.hawser.bench.ServerRequest.encode(message.serverRequest, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.requestError != null && $Object.hasOwnProperty.call(message, "requestError"))
                    $root.hawser.bench.RequestError.encode(message.requestError, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.queryResponse != null && $Object.hasOwnProperty.call(message, "queryResponse"))
                    $root.hawser.bench.QueryResponse.encode(message.queryResponse, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServerMessage message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.ServerMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.ServerMessage & hawser.bench.ServerMessage.$Shape} ServerMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServerMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.ServerMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.sessionCreated = $root.hawser.bench.SessionCreated.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionCreated);
                            message.message = "sessionCreated";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.sessionContinued = $root.hawser.bench.SessionContinued.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionContinued);
                            message.message = "sessionContinued";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.sessionRejected = $root.hawser.bench.SessionRejected.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionRejected);
                            message.message = "sessionRejected";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.sessionClosed = $root.hawser.bench.SessionClosed.decode(reader, reader.size(), $undefined, _depth + 1, message.sessionClosed);
                            message.message = "sessionClosed";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.keepAliveResponse = $root.hawser.bench.KeepAliveResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.keepAliveResponse);
                            message.message = "keepAliveResponse";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.clientResponse = $root.hawser.bench.ClientResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.clientResponse);
                            message.message = "clientResponse";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.serverRequest = $root.hawser.bench.ServerRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.serverRequest);
                            message.message = "serverRequest";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.requestError = $root.hawser.bench.RequestError.decode(reader, reader.size(), $undefined, _depth + 1, message.requestError);
                            message.message = "requestError";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.queryResponse = $root.hawser.bench.QueryResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.queryResponse);
                            message.message = "queryResponse";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ServerMessage;
        })();

        bench.Batch = (function() {

            /**
             * Properties of a Batch.
             * @typedef {Object} hawser.bench.Batch.$Properties
             * @property {Array.<hawser.bench.ClientRequest.$Properties>|null} [requests] Batch requests
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Batch.
             * @memberof hawser.bench
             * @interface IBatch
             * @augments hawser.bench.Batch.$Properties
             * @deprecated Use hawser.bench.Batch.$Properties instead.
             */

            /**
             * Shape of a Batch.
             * @typedef {hawser.bench.Batch.$Properties} hawser.bench.Batch.$Shape
             */

            /**
             * Constructs a new Batch.
             * @memberof hawser.bench
             * @classdesc Represents a Batch.
             * @constructor
             * @param {hawser.bench.Batch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Batch = function (properties) {
                this.requests = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Batch requests.
             * @member {Array.<hawser.bench.ClientRequest.$Properties>} requests
             * @memberof hawser.bench.Batch
             * @instance
             */
            Batch.prototype.requests = $util.emptyArray;

            /**
             * Creates a new Batch instance using the specified properties.
             * @function create
             * @memberof hawser.bench.Batch
             * @static
             * @param {hawser.bench.Batch.$Properties=} [properties] Properties to set
             * @returns {hawser.bench.Batch} Batch instance
             * @type {{
             *   (properties: hawser.bench.Batch.$Shape): hawser.bench.Batch & hawser.bench.Batch.$Shape;
             *   (properties?: hawser.bench.Batch.$Properties): hawser.bench.Batch;
             * }}
             */
            Batch.create = function(properties) {
                return new Batch(properties);
            };

            /**
             * Encodes the specified Batch message. Does not implicitly {@link hawser.bench.Batch.verify|verify} messages.
             * @function encode
             * @memberof hawser.bench.Batch
             * @static
             * @param {hawser.bench.Batch.$Properties} message Batch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Batch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.requests != null && message.requests.length)
                    for (let i = 0; i < message.requests.length; ++i)
                        $root.hawser.bench.ClientRequest.encode(message.requests[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Batch message from the specified reader or buffer.
             * @function decode
             * @memberof hawser.bench.Batch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {hawser.bench.Batch & hawser.bench.Batch.$Shape} Batch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Batch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.hawser.bench.Batch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.requests && message.requests.length))
                                message.requests = [];
                            message.requests.push($root.hawser.bench.ClientRequest.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Batch;
        })();

        return bench;
    })();

    return hawser;
})();

export {
  $root as default
};
