import { readFileSync } from "node:fs";
import { inspect, parseArgs } from "node:util";
import { readKeyPair, readPublicKeys } from "hawser/keys";
import type { ConsensusEngine, ServerOptions } from "hawser/server";
import { type EtcdTls, etcdEngine } from "hawser/server/etcd";
import { lmdbEngine } from "hawser/server/lmdb";
import { exitWithUsage } from "./command-line.ts";

const USAGE = `usage: npm run kv:server -- [--address tcp://127.0.0.1:7000] [--data ./data]
or, for a member of several: --etcd URL,URL,… --member NAME --members NAME=ADDRESS,NAME=ADDRESS,…
  --etcd      where etcd listens for clients: http://127.0.0.1:2379
  --member    the name of this member
  --members   where clients reach each member: a=tcp://127.0.0.1:7001,b=tcp://127.0.0.1:7002
  --address   where to listen; default with --etcd: this member's address
  --ca, --cert, --key
              files with certificates, for etcd with https://
  --user      the name of a user of etcd; the password is in ETCD_PASSWORD
  --curve-keys, --curve-clients
              a file with the server's keys, and the public keys of its clients: a file, or a directory of them
  --insecure  listen where other machines can connect, although nobody needs a key
  --status    print what the member knows of itself, a line of JSON every half second`;

/** What the command line says. */
export interface ServerCommandLine {
  readonly status: boolean;
  /** Where the data is, in words. */
  readonly where: string;
  /** The part of a server's options that the command line decides. Throws for a wrong one. */
  membership(): Membership;
}

type Membership = Pick<ServerOptions, "memberId" | "address" | "engine" | "members" | "curve" | "insecure">;

/** Reads the command line; ends the process when it is wrong. */
export function serverCommandLine(): ServerCommandLine {
  try {
    const { values } = parseArgs({
      options: {
        address: { type: "string" },
        data: { type: "string" },
        etcd: { type: "string" },
        member: { type: "string" },
        members: { type: "string" },
        ca: { type: "string" },
        cert: { type: "string" },
        key: { type: "string" },
        user: { type: "string" },
        "curve-keys": { type: "string" },
        "curve-clients": { type: "string" },
        insecure: { type: "boolean", default: false },
        status: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return values.etcd === undefined ? alone(values) : oneOfSeveral(values);
  } catch (error) {
    return exitWithUsage(error, USAGE);
  }
}

interface Values {
  readonly [name: string]: string | boolean | undefined;
  readonly address?: string;
  readonly data?: string;
  readonly etcd?: string;
  readonly member?: string;
  readonly members?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly user?: string;
  readonly "curve-keys"?: string;
  readonly "curve-clients"?: string;
  readonly insecure: boolean;
  readonly status: boolean;
}

function alone(values: Values): ServerCommandLine {
  const wrong = ONLY_WITH_ETCD.find((name) => values[name] !== undefined);
  if (wrong !== undefined) throw new Error(`--${wrong} needs --etcd`);
  const { address = "tcp://127.0.0.1:7000", data = "./data", status } = values;
  return {
    status,
    where: data,
    membership: () => ({ memberId: "node-1", address, engine: lmdbEngine({ directory: data }), ...access(values) }),
  };
}

function oneOfSeveral(values: Values): ServerCommandLine {
  const { data, etcd = "", member: memberId, members: list, user, status } = values;
  if (data !== undefined) throw new Error("--data and --etcd are two places for the data: leave one out");
  if (memberId === undefined || list === undefined) throw new Error("--etcd needs --member and --members");
  const members = Object.fromEntries(list.split(",").map(memberOf));
  const address = values.address ?? members[memberId];
  if (address === undefined) throw new Error(`--members does not name ${memberId}`);
  const engine = (): ConsensusEngine =>
    etcdEngine({
      endpoints: etcd.split(","),
      memberId,
      tls: certificates(values),
      ...(user !== undefined && { username: user, password: process.env["ETCD_PASSWORD"] ?? "" }),
      onReport: (report) => console.error(inspect(report, { breakLength: Number.POSITIVE_INFINITY })),
    });
  const membership = () => ({ memberId, address, members, engine: engine(), ...access(values) });
  return { status, where: `etcd at ${etcd}`, membership };
}

/** Who is let in. */
function access({
  insecure,
  "curve-keys": keys,
  "curve-clients": clients,
}: Values): Pick<ServerOptions, "curve" | "insecure"> {
  if (keys === undefined && clients === undefined) return { insecure };
  if (keys === undefined || clients === undefined) throw new Error("--curve-keys and --curve-clients go together");
  return { insecure, curve: { keys: readKeyPair(keys), clientKeys: readPublicKeys(clients) } };
}

function certificates({ ca, cert, key }: Values): EtcdTls | undefined {
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  const bytesOf = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  return { ca: bytesOf(ca), cert: bytesOf(cert), key: bytesOf(key) };
}

function memberOf(text: string): [string, string] {
  const [, memberId, address] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (memberId === undefined || address === undefined)
    throw new Error(`--members has "${text}", which is no NAME=ADDRESS`);
  return [memberId, address];
}

const ONLY_WITH_ETCD = ["member", "members", "ca", "cert", "key", "user"] as const;
