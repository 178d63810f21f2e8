/** One end of a TCP conversation that a capture has. */
export interface End {
  readonly port: number;
}

/** What somebody who listens on the line would have written down, as a file of libpcap. */
export class Capture {
  readonly #packets: Buffer[] = [];
  #timeUs = 0;

  /** A conversation between two ends that were not heard of before, with the three packets that open it. */
  converse(client: End, server: End): Conversation {
    const sequences = new Map([
      [client, 1000],
      [server, 5000],
    ]);
    const conversation = { capture: this, client, server, sequences };
    this.#segment(conversation, client, flags.syn, nothing);
    this.#segment(conversation, server, flags.syn | flags.ack, nothing);
    this.#segment(conversation, client, flags.ack, nothing);
    return conversation;
  }

  /** A conversation that had begun before anybody listened. */
  joinLate(client: End, server: End): Conversation {
    const sequences = new Map([
      [client, 1000],
      [server, 5000],
    ]);
    return { capture: this, client, server, sequences };
  }

  /** One segment of TCP; gives the number of its packet. */
  send(conversation: Conversation, from: End, bytes: Uint8Array): number {
    this.#segment(conversation, from, flags.push | flags.ack, bytes);
    return this.#packets.length;
  }

  /** One datagram of UDP; gives the number of its packet. */
  sendDatagram(from: End, to: End, bytes: Uint8Array): number {
    const udp = Buffer.alloc(8);
    udp.writeUInt16BE(from.port, 0);
    udp.writeUInt16BE(to.port, 2);
    udp.writeUInt16BE(8 + bytes.byteLength, 4);
    this.#packet(17, Buffer.concat([udp, bytes]));
    return this.#packets.length;
  }

  toBytes(): Buffer {
    const header = Buffer.alloc(24);
    header.writeUInt32LE(0xa1b2c3d4, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(262_144, 16);
    header.writeUInt32LE(linkTypeIPv4, 20);
    return Buffer.concat([header, ...this.#packets]);
  }

  #segment({ client, server, sequences }: Conversation, from: End, flagBits: number, bytes: Uint8Array): void {
    const to = from === client ? server : client;
    const sequence = sequences.get(from) ?? 0;
    const tcp = Buffer.alloc(20);
    tcp.writeUInt16BE(from.port, 0);
    tcp.writeUInt16BE(to.port, 2);
    tcp.writeUInt32BE(sequence, 4);
    tcp.writeUInt32BE((flagBits & flags.ack) === 0 ? 0 : (sequences.get(to) ?? 0), 8);
    tcp.writeUInt16BE(0x5000 | flagBits, 12);
    tcp.writeUInt16BE(65_535, 14);
    sequences.set(from, sequence + bytes.byteLength + ((flagBits & flags.syn) === 0 ? 0 : 1));
    this.#packet(6, Buffer.concat([tcp, bytes]));
  }

  /** Each a millisecond after the one before. */
  #packet(protocol: number, content: Buffer): void {
    const ip = Buffer.alloc(20);
    ip[0] = 0x45;
    ip.writeUInt16BE(20 + content.byteLength, 2);
    ip[8] = 64;
    ip[9] = protocol;
    ip.writeUInt32BE(loopback, 12);
    ip.writeUInt32BE(loopback, 16);
    const record = Buffer.alloc(16);
    this.#timeUs += 1000;
    record.writeUInt32LE(1_767_225_600 + Math.floor(this.#timeUs / 1_000_000), 0);
    record.writeUInt32LE(this.#timeUs % 1_000_000, 4);
    record.writeUInt32LE(20 + content.byteLength, 8);
    record.writeUInt32LE(20 + content.byteLength, 12);
    this.#packets.push(Buffer.concat([record, ip, content]));
  }
}

/** Two ends, and how far each has come in what it says. */
export interface Conversation {
  readonly capture: Capture;
  readonly client: End;
  readonly server: End;
  readonly sequences: Map<End, number>;
}

const flags = { syn: 2, push: 8, ack: 16 } as const;
const linkTypeIPv4 = 228;
const loopback = 0x7f000001;
const nothing = new Uint8Array(0);
