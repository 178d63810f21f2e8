import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { onTestFinished } from "vitest";

/** What a server claims about itself, and how it answers transactions. */
export interface FakeEtcd {
  readonly version: string;
  readonly clusterId?: number;
  /** Answers with these in turn, the last one for ever. */
  readonly succeeded?: readonly boolean[];
}

/** Something that speaks as etcd does and is none. Gives its endpoint, and ends with the test. */
export async function startFakeEtcd({ version, clusterId = 1, succeeded = [true] }: FakeEtcd): Promise<string> {
  const header = { clusterId, revision: 1 };
  let transactions = 0;
  const server = new Server();
  const serve = (service: string, methods: UntypedServiceImplementation) =>
    server.addService(definition[`etcdserverpb.${service}`] as ServiceDefinition, methods);
  serve("Maintenance", {
    status: (_call: unknown, answer: Answer) => answer(null, { header, version, dbSize: 0 }),
  });
  serve("KV", {
    txn: (_call: unknown, answer: Answer) => {
      const outcome = succeeded[Math.min(transactions, succeeded.length - 1)];
      transactions += 1;
      answer(null, { header, succeeded: outcome, responses: [] });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  onTestFinished(() => server.forceShutdown());
  return `http://127.0.0.1:${port}`;
}

type Answer = (error: null, message: object) => void;

const definition = loadSync("runtime/server/etcd/etcd.proto", { longs: Number, defaults: true });
