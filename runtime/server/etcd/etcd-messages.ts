import { createRequire } from "node:module";
import { loadSync, type MethodDefinition } from "@grpc/proto-loader";
import type { Compare, KeyValue, Operation, OperationResult, Transaction, TransactionResult } from "./etcd-api.ts";

/** The messages of `etcd.proto`, as its loader takes and gives them, and transactions as such messages. */

/** How to call a method of etcd, and how its messages become bytes. */
export interface Method<Request, Response> {
  readonly path: string;
  readonly serialize: (request: Request) => Buffer;
  readonly deserialize: (bytes: Buffer) => Response;
}

export interface ResponseHeader {
  /** Of all members of one cluster the same; rounded to a number, for comparing alone. */
  readonly clusterId: number;
  readonly revision: number;
}

export interface StatusResponse {
  readonly header: ResponseHeader | null;
  readonly version: string;
  readonly dbSize: number;
}

export interface WatchResponse {
  readonly header: ResponseHeader | null;
  readonly created: boolean;
  readonly canceled: boolean;
  readonly compactRevision: number;
  readonly cancelReason: string;
  readonly events: readonly { readonly kv: KeyValue | null }[];
}

export type WatchRequest =
  | {
      readonly createRequest: {
        readonly key: string;
        readonly rangeEnd: string;
        readonly startRevision: number;
        readonly filters: readonly number[];
      };
    }
  | { readonly progressRequest: Record<string, never> };

interface TxnResponse {
  readonly header: ResponseHeader | null;
  readonly succeeded: boolean;
  readonly responses: readonly {
    readonly responseRange?: { readonly keyValues: readonly KeyValue[]; readonly more: boolean };
    readonly responseDeleteRange?: { readonly deleted: number };
  }[];
}

const definition = loadSync(createRequire(import.meta.url).resolve("hawser/etcd.proto"), {
  longs: Number,
  defaults: true,
});

export const methods: {
  readonly txn: Method<object, TxnResponse>;
  readonly compact: Method<{ readonly revision: number }, object>;
  readonly watch: Method<WatchRequest, WatchResponse>;
  readonly status: Method<object, StatusResponse>;
  readonly authenticate: Method<{ readonly name: string; readonly password: string }, { readonly token: string }>;
} = {
  txn: methodOf("KV", "Txn"),
  compact: methodOf("KV", "Compact"),
  watch: methodOf("Watch", "Watch"),
  status: methodOf("Maintenance", "Status"),
  authenticate: methodOf("Auth", "Authenticate"),
};

export function txnRequestOf({ compare, success, failure }: Transaction): object {
  return { compare: compare.map(compareOf), success: success.map(requestOf), failure: failure.map(requestOf) };
}

/** `transaction` is the one that was answered: an answer does not say which of its branches it performed, in their order. */
export function transactionResultOf(transaction: Transaction, response: TxnResponse): TransactionResult {
  const { header, succeeded, responses } = response;
  const performed = succeeded ? transaction.success : transaction.failure;
  const results = performed.map(({ type }, position): OperationResult => {
    const { responseRange, responseDeleteRange } = responses[position] ?? {};
    if (type === "range") {
      return { type, keyValues: responseRange?.keyValues ?? [], more: responseRange?.more ?? false };
    }
    return type === "delete" ? { type, deleted: responseDeleteRange?.deleted ?? 0 } : { type };
  });
  return { succeeded, revision: header?.revision ?? 0, results };
}

function compareOf(compare: Compare): object {
  const { key } = compare;
  if ("createRevision" in compare) {
    return { key, result: EQUAL, target: CREATE_REVISION, createRevision: compare.createRevision };
  }
  if ("modRevision" in compare) return { key, result: EQUAL, target: MOD_REVISION, modRevision: compare.modRevision };
  return { key, result: EQUAL, target: VALUE, value: compare.value };
}

function requestOf(operation: Operation): object {
  switch (operation.type) {
    case "put":
      return { requestPut: { key: operation.key, value: operation.value } };
    // Fields that are undefined are left out. An end of a range that is there, and empty, would stand for all keys.
    case "range": {
      const { key, rangeEnd, limit, revision, keysOnly } = operation;
      return { requestRange: { key, rangeEnd, limit, revision, keysOnly } };
    }
    case "delete":
      return { requestDeleteRange: { key: operation.key, rangeEnd: operation.rangeEnd } };
  }
}

function methodOf<Request extends object, Response>(service: string, name: string): Method<Request, Response> {
  const methods = definition[`etcdserverpb.${service}`] as
    | Readonly<Record<string, MethodDefinition<Request, Response>>>
    | undefined;
  const method = methods?.[name];
  if (method === undefined) throw new Error(`etcd.proto has no method ${service}.${name}`);
  return { path: method.path, serialize: method.requestSerialize, deserialize: method.responseDeserialize };
}

/** Values of `Compare.result` and `Compare.target` in etcd.proto. */
const EQUAL = 0;
const CREATE_REVISION = 1;
const MOD_REVISION = 2;
const VALUE = 3;
