/**
 * The way between a leg and its phone. It carries whole RTP packets; encryption (SRTP), ICE or a data channel are inside it, so that a
 * WebRTC pipe takes the place of the UDP one without the legs knowing.
 */
export interface MediaPipe {
  /** `length` bytes of `packet` from `offset`; they may be overwritten when it returns */
  send(packet: Buffer, offset: number, length: number): void;
  /** an RTCP packet, beside the RTP */
  sendControl(packet: Buffer): void;
  /** set by the leg; the packet is the leg's to change */
  onPacket: (packet: Buffer) => void;
  /** where the negotiated description says that the phone is; a pipe that finds its peer itself ignores it */
  aim(address: string, port: number): void;
  close(): void;
}
