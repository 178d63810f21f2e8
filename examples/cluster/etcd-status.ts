import type { EtcdProcess } from "./etcd-process.ts";

/** What a member of etcd says of itself. */
export interface EtcdStatus {
  /** Whether it is the leader of etcd's own consensus. Not the same as the member of hawser that leads. */
  readonly isLeader: boolean;
  /** Whether it knows a leader: without a majority there is none. */
  readonly hasLeader: boolean;
  readonly raftTerm: number;
  readonly storageBytes: number;
}

/** Asks a member, by etcd's gateway for HTTP; undefined when it does not answer soon. */
export async function etcdStatus(member: EtcdProcess): Promise<EtcdStatus | undefined> {
  if (member.state !== "up") return undefined;
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(`${member.clientUrl}/v3/maintenance/status`, { method: "POST", body: "{}", signal });
    const { header, leader = "0", raftTerm = "0", dbSize = "0" } = (await response.json()) as StatusResponse;
    return {
      isLeader: leader === header.member_id,
      hasLeader: leader !== "0",
      raftTerm: Number(raftTerm),
      storageBytes: Number(dbSize),
    };
  } catch {
    return undefined;
  }
}

/** The part of etcd's answer that is used. Numbers of 64 bits are strings, and zeros are left out. */
interface StatusResponse {
  readonly header: { readonly member_id: string };
  readonly leader?: string;
  readonly raftTerm?: string;
  readonly dbSize?: string;
}

const ANSWER_TIMEOUT_MS = 400;
