import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { describe } from "vitest";
import { describeWith } from "./required-program.ts";

/** Something that Wireshark shows of a packet: a protocol, a field, or a remark about one. */
export interface Item {
  /** What filters call it: `zraft.keep_alive.timestamp`. */
  readonly name: string;
  /** Its value. */
  readonly show: string;
  /** The line in the window. */
  readonly line: string;
  readonly children: readonly Item[];
}

/** What is found in a capture by a dissector, in a packet each. */
export interface Dissection {
  /** The items of the protocol at the top of each packet; none where the dissector did not take part. */
  readonly packets: readonly (readonly Item[])[];
}

/** Tests that need tshark. */
export const describeWithTshark: typeof describe.skip = describeWith("tshark", "--version");

export interface TsharkOptions {
  /** Path of the dissector. */
  readonly script: string;
  /** As tshark's own: `-o`, `-d`, `-Y` and others. */
  readonly args?: readonly string[];
}

/** Runs tshark twice over a capture, so that requests know their answers. */
export function dissect(file: string, protocol: string, { script, args = [] }: TsharkOptions): Dissection {
  const all = ["-X", `lua_script:${script}`, "-r", file, "-2", "-T", "pdml", ...args];
  const { stdout, stderr, status } = spawnSync("tshark", all, { encoding: "utf8", maxBuffer: 1 << 30 });
  const complaints = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("Running as user"));
  if (status !== 0 || complaints.length > 0) throw new Error(`tshark ended with ${status}: ${complaints.join("\n")}`);
  if (/Lua Error|_ws\.lua\.(text|error)/.test(stdout))
    throw new Error(`the dissector failed: ${firstLuaError(stdout)}`);
  return parseDissection(stdout, protocol);
}

/** What PDML says of a protocol. */
export function parseDissection(pdml: string, protocol: string): Dissection {
  const packets = pdml.split("<packet>").slice(1);
  return { packets: packets.map((packet) => parseItems(packet).filter(({ name }) => name === protocol)) };
}

/** Writes bytes to a file of a folder and gives its path. */
export function fileOf(folder: string, name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Every item of that name, however deep, in the order of the tree. */
export function findAll(items: readonly Item[], name: string): readonly Item[] {
  return items.flatMap((item) => [...(item.name === name ? [item] : []), ...findAll(item.children, name)]);
}

function firstLuaError(pdml: string): string {
  return /[^\n]*(?:Lua Error|_ws\.lua\.(?:text|error))[^\n]*/.exec(pdml)?.[0] ?? "";
}

interface OpenItem extends Item {
  readonly children: Item[];
}

function parseItems(packet: string): readonly Item[] {
  const root: OpenItem = { name: "", show: "", line: "", children: [] };
  const open = [root];
  for (const [, closing, attributes = "", alone] of packet.matchAll(
    /<(\/)?(?:field|proto)\b((?:[^>"]|"[^"]*")*?)(\/)?>/g,
  )) {
    if (closing !== undefined) {
      open.pop();
      continue;
    }
    const item: OpenItem = {
      name: attribute(attributes, "name"),
      show: attribute(attributes, "show"),
      line: attribute(attributes, "showname"),
      children: [],
    };
    open.at(-1)?.children.push(item);
    if (alone === undefined) open.push(item);
  }
  return root.children;
}

function attribute(attributes: string, name: string): string {
  const written = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  return written.replaceAll(/&(lt|gt|quot|apos|amp|#x[0-9a-fA-F]+|#[0-9]+);/g, (_, entity: string) => {
    const named = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" }[entity];
    return (
      named ??
      String.fromCodePoint(entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1)))
    );
  });
}
