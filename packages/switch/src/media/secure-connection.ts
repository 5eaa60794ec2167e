import type * as Library from 'node-datachannel';
import type { SecurePeer, SecureTransport } from './secure-transport.ts';

export type WebRtcLibrary = typeof Library;

/**
 * One ICE, DTLS and SRTP association with a browser. To the library we are always the one who offers: so our side is known before the
 * browser's is, and it does not matter which of both offered in the call.
 *
 *   prepared --meet(peer)--> connecting --ICE, DTLS, right certificate--> ready --close--> closed
 *                                |--wrong certificate, no way-----------------------------> closed
 */
export interface SecureConnection {
  readonly local: SecureTransport;
  readonly port: number;
  meet(peer: SecurePeer): void;
  /** without effect until it is ready; the packet may be overwritten afterwards */
  send(packet: Buffer): void;
  /** an RTP packet, decrypted and not seen before */
  onPacket: (packet: Buffer) => void;
  close(): void;
}

export interface SecureConnectionOptions {
  address: string;
  ports?: { from: number; to: number } | undefined;
}

const mid = '0';
const gatheringTimeout = 5_000;

/** Rejects where no socket can be bound. */
export function prepareConnection(
  library: WebRtcLibrary,
  { address, ports }: SecureConnectionOptions,
): Promise<SecureConnection> {
  const peerConnection = new library.PeerConnection('leg', {
    iceServers: [],
    bindAddress: address,
    disableAutoNegotiation: true,
    forceMediaTransport: true,
    // It would compare with a description that another of its threads may not have stored yet; `verify` does it.
    disableFingerprintVerification: true,
    ...(ports === undefined ? {} : { portRangeBegin: ports.from, portRangeEnd: ports.to }),
  });
  const audio = new library.Audio(mid, 'SendRecv');
  audio.addAudioCodec(0, 'PCMU');
  audio.addAudioCodec(8, 'PCMA');
  audio.addSSRC(1, 'cordboard', 'cordboard', 'speech');
  const track = peerConnection.addTrack(audio);
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => {
      peerConnection.close();
      reject(new Error(`ICE found no address on ${address}`));
    }, gatheringTimeout);
    peerConnection.onGatheringStateChange(state => {
      if (state !== 'complete') return;
      clearTimeout(patience);
      const description = peerConnection.localDescription()?.sdp ?? '';
      resolve(serve(peerConnection, track, description));
    });
    peerConnection.setLocalDescription('offer');
  });
}

function serve(
  peerConnection: Library.PeerConnection,
  track: Library.Track,
  description: string,
): SecureConnection {
  let state: 'prepared' | 'connecting' | 'ready' | 'closed' = 'prepared';
  let connected = false;
  let expected = '';

  /** RFC 8122 §6.2: no packet passes in either direction before the certificate is the one that was signalled. */
  function verify(): void {
    if (state !== 'connecting' || !connected || !track.isOpen()) return;
    const { algorithm, value } = peerConnection.remoteFingerprint();
    if (algorithm === 'sha-256' && value.toUpperCase() === expected) state = 'ready';
    else connection.close();
  }

  const connection: SecureConnection = {
    local: readLocal(description),
    port: Number(/^m=audio (\d+)/m.exec(description)?.[1] ?? 0),
    onPacket: () => undefined,
    meet(peer) {
      if (state !== 'prepared') return;
      state = 'connecting';
      expected = peer.fingerprint;
      try {
        peerConnection.setRemoteDescription(printPeer(peer), 'answer');
      } catch {
        // What the library does not understand of a checked description is no way to speak on.
        connection.close();
      }
    },
    send(packet) {
      if (state !== 'ready') return;
      try {
        track.sendMessageBinary(packet);
      } catch {
        // The way was lost a moment ago, and `onStateChange` is about to say so.
      }
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      connection.onPacket = () => undefined;
      peerConnection.close();
    },
  };

  peerConnection.onStateChange(next => {
    connected = next === 'connected';
    if (connected) verify();
  });
  track.onOpen(verify);
  track.onMessage(packet => {
    if (state === 'ready' && !isControl(packet)) connection.onPacket(packet);
  });
  return connection;
}

/** RFC 5761 §4: on a way that RTP and RTCP share these types are RTCP. */
const isControl = (packet: Buffer): boolean => {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
};

function readLocal(description: string): SecureTransport {
  const value = (pattern: RegExp) => pattern.exec(description)?.[1] ?? '';
  return {
    userFragment: value(/^a=ice-ufrag:(\S+)/m),
    password: value(/^a=ice-pwd:(\S+)/m),
    fingerprint: value(/^a=fingerprint:sha-256 (\S+)/m),
    candidates: [...description.matchAll(/^a=candidate:(.+?)\r?$/gm)].map(match => match[1] ?? ''),
  };
}

function printPeer(peer: SecurePeer): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    'm=audio 9 UDP/TLS/RTP/SAVPF 0 8',
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    `a=setup:${peer.setup}`,
    `a=ice-ufrag:${peer.userFragment}`,
    `a=ice-pwd:${peer.password}`,
    `a=fingerprint:sha-256 ${peer.fingerprint}`,
    ...peer.candidates.map(candidate => `a=candidate:${candidate}`),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
