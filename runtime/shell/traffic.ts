/** Frames and their bytes, both ways, as numbers that only grow. */
export class Traffic {
  receivedFrames = 0;
  receivedBytes = 0;
  sentFrames = 0;
  sentBytes = 0;

  received(frame: Uint8Array): void {
    this.receivedFrames += 1;
    this.receivedBytes += frame.length;
  }

  sent(frame: Uint8Array): void {
    this.sentFrames += 1;
    this.sentBytes += frame.length;
  }
}
