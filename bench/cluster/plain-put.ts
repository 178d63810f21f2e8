import { fileURLToPath } from "node:url";
import { credentials, loadPackageDefinition, type ServiceClientConstructor } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

/** A program without hawser: one put into etcd for each command, with the gRPC library that the engine uses too. */
export class PlainPutClient {
  readonly #client: InstanceType<ServiceClientConstructor>;
  readonly #key: Uint8Array;

  /** Connects to one member of etcd, and writes one key. */
  constructor(endpoint: string, key: string) {
    this.#client = new KV(new URL(endpoint).host, credentials.createInsecure());
    this.#key = new TextEncoder().encode(key);
  }

  /** Resolves when etcd has committed the value. */
  put(value: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client["Put"]?.({ key: this.#key, value }, (error: Error | null) =>
        error === null ? resolve() : reject(error),
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}

const loaded = loadPackageDefinition(loadSync(fileURLToPath(new URL("./put.proto", import.meta.url))));
const KV = (loaded["etcdserverpb"] as { readonly KV: ServiceClientConstructor }).KV;
